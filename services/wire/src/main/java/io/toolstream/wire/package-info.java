/**
 * The contract: calls, replies, dead letters, events, headers and error codes as they stand on our topics.
 *
 * <p>No I/O, no threads, no clock. Everything here may be called from any thread, never blocks, and answers bad input
 * with a value ({@link io.toolstream.wire.Refusal}), never with an exception. JSON that is not ours (arguments, results,
 * {@code _meta}) is carried as the bytes it came in ({@link io.toolstream.wire.RawJson}).
 */
@NullMarked
package io.toolstream.wire;

import org.jspecify.annotations.NullMarked;
