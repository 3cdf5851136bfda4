/**
 * The metrics topic for those who read it: {@link io.toolstream.client.metrics.MetricsFollower} hands over each record as it
 * comes, {@link io.toolstream.client.metrics.RecentFigures} adds up the last of them by scope.
 *
 * <p>Called from any thread; records arrive on a thread of the follower's own.
 */
@NullMarked
package io.toolstream.client.metrics;

import org.jspecify.annotations.NullMarked;
