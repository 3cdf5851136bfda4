/** Shows the metrics stream. Called on the main thread; records arrive on the follower's. */
@NullMarked
package io.toolstream.cli.metrics;

import org.jspecify.annotations.NullMarked;
