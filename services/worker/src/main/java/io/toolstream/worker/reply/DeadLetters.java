package io.toolstream.worker.reply;

import io.toolstream.kafka.PublishException;
import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.kafka.Publisher;
import io.toolstream.wire.DeadLetterCause;
import io.toolstream.wire.DeadLetterCodec;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Header;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.worker.invoke.Origin;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps failed calls on the dead-letter topic, as they were read and with the reason. Any thread. */
final class DeadLetters {
    private final DeadLetterCodec codec = new DeadLetterCodec();
    private final Publisher publisher;
    private final String topic;
    private final String consumerGroup;
    private final InstantSource clock;

    DeadLetters(Publisher publisher, String topic, String consumerGroup, InstantSource clock) {
        this.publisher = publisher;
        this.topic = topic;
        this.consumerGroup = consumerGroup;
        this.clock = clock;
    }

    /**
     * Completes once the broker has it; exceptionally only if the worker's own client is broken.
     *
     * @param tenant of the call
     */
    CompletableFuture<Void> keep(Origin origin, @Nullable String tenant, ErrorCode code, String message, int attempts) {
        DeadLetterCause cause = cause(origin, code, message, attempts);
        return publish(onItsOwn(origin, tenant), cause).exceptionallyCompose(failure -> {
            PublishException known = Persistence.publishException(failure);
            return known.kind() == Kind.TOO_LARGE
                    ? publish(withoutContent(origin.record()), withoutContent(cause))
                    : CompletableFuture.failedFuture(known);
        });
    }

    private CompletableFuture<Void> publish(InboundRecord record, DeadLetterCause cause) {
        return publisher.publish(topic, null, codec.encode(record, cause)).thenApply(position -> null);
    }

    /** A member leaves behind what the record around it said in its value; without its tenant it would be another's call. */
    private static InboundRecord onItsOwn(Origin origin, @Nullable String tenant) {
        InboundRecord record = origin.record();
        boolean isSaid = record.headers().last(HeaderNames.TENANT).isPresent();
        if (origin.member() == null || tenant == null || isSaid) {
            return record;
        }
        List<Header> headers = new ArrayList<>(record.headers().all());
        headers.add(new Header(HeaderNames.TENANT, tenant.getBytes(StandardCharsets.UTF_8)));
        return new InboundRecord(
                record.position(),
                record.timestampMillis(),
                record.timestampType(),
                record.key(),
                record.value(),
                new Headers(headers));
    }

    private DeadLetterCause cause(Origin origin, ErrorCode code, String message, int attempts) {
        Origin.Member member = origin.member();
        return new DeadLetterCause(
                code,
                message,
                attempts,
                clock.millis(),
                consumerGroup,
                member == null ? null : member.index(),
                member == null ? null : member.value());
    }

    /** What is larger than the dead-letter topic takes is kept by its position alone. */
    private static InboundRecord withoutContent(InboundRecord record) {
        return new InboundRecord(
                record.position(), record.timestampMillis(), record.timestampType(), null, null, Headers.NONE);
    }

    private static DeadLetterCause withoutContent(DeadLetterCause cause) {
        return new DeadLetterCause(
                cause.code(),
                cause.message() + " (kept without key, value and headers, which are larger than this topic takes)",
                cause.attempts(),
                cause.firstFailureMillis(),
                cause.consumerGroup(),
                cause.member(),
                cause.memberValue() == null ? null : RawJson.EMPTY_OBJECT);
    }
}
