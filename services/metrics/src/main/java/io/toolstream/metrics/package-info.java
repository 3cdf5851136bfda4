/**
 * The events of workers, added up in windows: a Kafka Streams app from the events topic to the metrics topic, and what it
 * answers over HTTP.
 *
 * <p>Put together by {@link io.toolstream.metrics.MetricsApp}. What the topology does runs on threads of Kafka Streams, one
 * task at a time; whoever asks, asks the metrics topic, not the topology.
 */
@NullMarked
package io.toolstream.metrics;

import org.jspecify.annotations.NullMarked;
