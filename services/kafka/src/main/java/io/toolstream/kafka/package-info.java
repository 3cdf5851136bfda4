/**
 * The only code that has seen a {@code KafkaConsumer}: the consumer engine (poll thread, offset tracking, commits),
 * publishers, the tail of a partition, range reading, topic administration.
 *
 * <p>Speaks bytes: of {@code wire} it knows the record types only. Called by the client library, the worker and the
 * command line, from any thread; their callbacks run on threads of this package and must not block:
 *
 * <ul>
 *   <li>{@code poll-n} owns an engine's consumer, its partitions and its commits, and calls the record handler.
 *   <li>{@code tail-n} owns a tail's consumer and calls its record consumer; {@code follow-n} a follower's, and its listener.
 *   <li>{@code publish-n} gives records that had to wait to the producer; the producer's own I/O thread completes publish
 *       futures.
 * </ul>
 *
 * Start with {@link io.toolstream.kafka.PollLoop#turn()}, one round of the engine. {@code RATIONALE.md} in this module
 * tells why.
 */
@NullMarked
package io.toolstream.kafka;

import org.jspecify.annotations.NullMarked;
