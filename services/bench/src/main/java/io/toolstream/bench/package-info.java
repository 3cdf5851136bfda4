/**
 * The bench: end-to-end load on the real line, with its floor and a peer measured interleaved in the same run.
 *
 * <p>Called by the {@code bench} command on its own thread, which it blocks until the run is over. {@code load} drives,
 * {@code contender} is driven, {@code place} says in which process, {@code stub} is the instant tool server, {@code
 * report} prints.
 */
@NullMarked
package io.toolstream.bench;

import org.jspecify.annotations.NullMarked;
