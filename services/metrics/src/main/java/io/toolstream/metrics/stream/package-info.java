/**
 * The topology: from records of events to the figures of windows, each call counted once.
 *
 * <p>Two steps with a topic between them. {@link io.toolstream.metrics.stream.EventsProcessor} reads one partition of events,
 * leaves out what it has seen, and hands on how much more there is of what. {@link io.toolstream.metrics.stream.WindowsProcessor}
 * adds that up for the scopes of one partition and publishes it. Both keep all their state in one store each, which lives in
 * memory and is written to a topic; what they hold beside it can be made anew from it.
 *
 * <p>Runs on the stream threads of Kafka Streams, one task at a time: nothing here is shared between threads.
 */
@NullMarked
package io.toolstream.metrics.stream;

import org.jspecify.annotations.NullMarked;
