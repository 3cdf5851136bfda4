/**
 * The endpoint for probes and metrics, on loopback unless told otherwise, and the health checks it answers with.
 *
 * <p>Requests run on two {@code admin-n} threads; checks must be quick and must not block.
 */
@NullMarked
package io.toolstream.runtime.admin;

import org.jspecify.annotations.NullMarked;
