/**
 * Drivers of load: closed loops (a number of calls in flight) and open loops (a rate, latency from the intended start).
 *
 * <p>A driver runs on its caller's thread and blocks it; answers are taken on whatever thread completes them.
 */
@NullMarked
package io.toolstream.bench.load;

import org.jspecify.annotations.NullMarked;
