/**
 * Answers in a Redis that workers share, over Lettuce: the only package that knows it. Called through
 * {@link io.toolstream.worker.cache.SharedTier}; nothing is ever worse than without it but for the time of one command, which
 * is bounded: slow, stopped, gone, full or poisoned, it is a miss.
 *
 * <p>Threads: {@code redis-0} makes connections and may block; commands are begun on any thread and end on Lettuce's, from
 * where they hop to {@code call-n} at once.
 */
@NullMarked
package io.toolstream.worker.cache.redis;

import org.jspecify.annotations.NullMarked;
