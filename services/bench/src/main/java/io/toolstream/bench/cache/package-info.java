/**
 * What keeping answers is worth: how many calls of a workload are answered with what is known, and how long that takes. Called by the
 * command line; blocks until the run is over.
 */
@NullMarked
package io.toolstream.bench.cache;

import org.jspecify.annotations.NullMarked;
