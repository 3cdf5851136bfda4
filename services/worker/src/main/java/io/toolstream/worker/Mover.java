package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.kafka.Publisher;
import io.toolstream.wire.Call;
import io.toolstream.wire.CallOptions;
import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.DecodedRecord;
import io.toolstream.wire.Header;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Murmur2;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.TopicNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Moves calls that stand on another partition than that of their key, once: a moved call carries a mark, and stays where it
 * is. Any thread; nothing blocks.
 *
 * <p>A moved call is what it was: its id, where it has none of its own, is made of the place where its caller put it, and
 * its deadline counts from there. A {@code {"calls"}} record is executed where it stands.
 */
final class Mover {
    private final Publisher publisher;
    private final String calls;
    private final int partitions;

    /** {@code publisher} does not give up. */
    Mover(Publisher publisher, TopicNames topics, int partitions) {
        this.publisher = publisher;
        this.calls = topics.calls();
        this.partitions = partitions;
    }

    /** The call of a record that has to be moved. */
    Optional<Call> misplaced(InboundRecord record, DecodedRecord decoded) {
        return decoded.batch() == null
                        && decoded.calls().get(0) instanceof DecodedCall.WellFormed wellFormed
                        && isMisplaced(record, wellFormed.call())
                ? Optional.of(wellFormed.call())
                : Optional.empty();
    }

    private boolean isMisplaced(InboundRecord record, Call call) {
        String key = key(call);
        return key != null
                && partition(key) != record.position().partition()
                && record.headers().last(HeaderNames.MOVED).isEmpty();
    }

    /** Completes when the broker has the call on its own partition: it is that record's from then on. */
    CompletableFuture<Void> move(InboundRecord record, Call call) {
        List<Header> headers = new ArrayList<>(record.headers().all());
        headers.add(header(HeaderNames.MOVED, call.id()));
        headers.add(header(HeaderNames.DEADLINE, Long.toString(call.options().deadlineMillis())));
        OutboundRecord moved = new OutboundRecord(record.key(), record.value(), new Headers(headers));
        return publisher
                .publish(calls, partition(String.valueOf(key(call))), moved)
                .thenApply(position -> null);
    }

    private static @Nullable String key(Call call) {
        CallOptions options = call.options();
        return options.orderingKey() == null ? options.idempotencyKey() : options.orderingKey();
    }

    private int partition(String key) {
        return Murmur2.partition(key.getBytes(UTF_8), partitions);
    }

    private static Header header(String name, String text) {
        return new Header(name, text.getBytes(UTF_8));
    }
}
