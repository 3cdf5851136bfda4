/**
 * How many events the metrics app counts in a second, and how old what it publishes is. Called by the command line, on one
 * thread; blocks.
 */
@NullMarked
package io.toolstream.bench.metrics;

import org.jspecify.annotations.NullMarked;
