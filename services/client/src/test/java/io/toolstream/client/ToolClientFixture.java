package io.toolstream.client;

import io.toolstream.kafka.PublishException;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;

/** A client on fakes: what it sends, what it is answered, and its time are in the hands of the test. */
abstract class ToolClientFixture {
    static final Instant NOW = Instant.ofEpochMilli(1_000_000);
    static final ToolCall CALL =
            ToolCall.of("fs", "read_file").argument("path", "README.md").timeout(Duration.ofSeconds(5));

    final FakePublisher publisher = new FakePublisher();
    final ManualAlarm alarm = new ManualAlarm();
    final List<FakeReplies> tails = new ArrayList<>();
    final List<InboundRecord> archive = new ArrayList<>();
    final CacheableTools catalogue = new CacheableTools();
    ToolClient client = connect(10);

    ToolClient connect(int maxInFlight) {
        return connect(ClientSettings.of("localhost:1").withMaxInFlight(maxInFlight));
    }

    ToolClient connect(ClientSettings settings) {
        Surroundings surroundings = new Surroundings(
                publisher,
                onReply -> {
                    FakeReplies tail = new FakeReplies(onReply);
                    tails.add(tail);
                    return tail;
                },
                this::readArchive,
                new Time(alarm, InstantSource.fixed(NOW), alarm::nowNanos),
                "instance",
                () -> {});
        return new ToolClient(settings, surroundings, Keys.of(catalogue));
    }

    void readArchive(Instant since, Predicate<InboundRecord> handler) {
        for (InboundRecord record : archive) {
            if (record.timestampMillis() >= since.toEpochMilli() && !handler.test(record)) {
                return;
            }
        }
    }

    @BeforeEach
    void connectReplies() {
        replies().becomeReady();
    }

    FakeReplies replies() {
        return tails.get(tails.size() - 1);
    }

    ClientSnapshot.Strays strays() {
        return client.snapshot().counts().strays();
    }

    /** A call of which the test looks at other things than its future. */
    void begin(ToolCall call) {
        CompletableFuture<Reply> unused = client.call(call);
    }

    static NotAccepted notAccepted(CompletableFuture<Reply> future) {
        return (NotAccepted) future.handle((reply, failure) -> cause(failure)).join();
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static PublishException failure(PublishException.Kind kind) {
        return new PublishException(kind, "no", new IllegalStateException("broker"));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
