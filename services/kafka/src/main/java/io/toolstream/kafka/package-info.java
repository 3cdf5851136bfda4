/**
 * The only code that has seen a {@code KafkaConsumer}: the consumer engine (poll thread, offset tracking, commits),
 * publishers, the tail of a partition, range reading, topic administration.
 *
 * <p>Speaks bytes: of {@code wire} it knows the record types only. Threads: {@code poll-n} owns its consumer, its
 * partitions and its commits; the producer's I/O thread completes publish futures; nobody else calls a client.
 */
@NullMarked
package io.toolstream.kafka;

import org.jspecify.annotations.NullMarked;
