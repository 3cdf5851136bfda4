/**
 * Where the parts of a bench run: each in a process of its own, or all in the bench's.
 *
 * <p>A child speaks lines on its standard streams and ends when its input does, so that none outlives the bench, however
 * that ends. Methods block, each for a bounded time.
 */
@NullMarked
package io.toolstream.bench.place;

import org.jspecify.annotations.NullMarked;
