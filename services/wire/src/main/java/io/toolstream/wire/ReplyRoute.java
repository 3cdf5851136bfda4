package io.toolstream.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where and under what identity a reply goes. Equal by content.
 *
 * @param correlationId bytes as the caller gave them, or the UTF-8 bytes of the call's id where none was given
 * @param topic the reply topic asked for; null means the default one. Not yet checked against the allow-list
 * @param partition the partition asked for; null means by hash of the correlation id
 * @param echoed headers to be set on every reply, byte for byte: the correlation id and its aliases, and the trace headers
 */
public record ReplyRoute(
        byte[] correlationId,
        @Nullable String topic,
        @Nullable Integer partition,
        List<Header> echoed) {
    private static final Set<String> LEFT_OUT = Set.of(HeaderNames.TRACESTATE, HeaderNames.BAGGAGE);

    public ReplyRoute {
        echoed = List.copyOf(echoed);
    }

    /** The same, echoing no more than it must: trace headers may be as large as callers like, and a reply topic small. */
    public ReplyRoute lean() {
        List<Header> few = echoed.stream()
                .filter(header -> !LEFT_OUT.contains(header.name()))
                .toList();
        return new ReplyRoute(correlationId, topic, partition, few);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReplyRoute that
                && Arrays.equals(correlationId, that.correlationId)
                && Objects.equals(topic, that.topic)
                && Objects.equals(partition, that.partition)
                && echoed.equals(that.echoed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(correlationId), topic, partition, echoed);
    }
}
