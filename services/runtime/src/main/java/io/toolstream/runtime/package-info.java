/**
 * What every process of ours stands on: the order in which parts start and close, threads with names, and the way out on
 * a signal.
 *
 * <p>Used by composition roots, on the main thread and in the shutdown hook.
 */
@NullMarked
package io.toolstream.runtime;

import org.jspecify.annotations.NullMarked;
