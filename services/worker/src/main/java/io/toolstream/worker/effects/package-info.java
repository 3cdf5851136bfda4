/**
 * What a tool may do to the world: decided in one place, when a tool enters the catalogue. Pure, any thread.
 *
 * <p>The ledger that makes a {@code once} tool run at most once across workers will be a stage of this package; until then
 * a {@code once} tool is dispatched without a claim, and the class decides only what an unknown outcome is called.
 */
@NullMarked
package io.toolstream.worker.effects;

import org.jspecify.annotations.NullMarked;
