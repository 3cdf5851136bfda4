/**
 * Answers in this worker's memory, in Caffeine: the only package that knows it. Called through
 * {@link io.toolstream.worker.cache.LocalTier}, on any thread; Caffeine's own work is done on the caller's.
 */
@NullMarked
package io.toolstream.worker.cache.local;

import org.jspecify.annotations.NullMarked;
