package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.CancelCodec;
import io.toolstream.wire.CancelRequest;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class CancellationsTest {
    private static final long SENT = 1_800_000_000_000L;

    private final Cancellations cancellations = new Cancellations();

    @Test
    void accept_callInFlight_isToldAtOnce() {
        CompletableFuture<Void> cancelled = cancellations.begin("c1", SENT);
        CompletableFuture<Void> other = cancellations.begin("c2", SENT);

        cancel("c1", SENT + 5);

        assertThat(cancelled).isCompleted();
        assertThat(other).isNotDone();
    }

    @Test
    void begin_cancelledBefore_isToldAtPickup() {
        cancel("c1", SENT + 5);

        assertThat(cancellations.begin("c1", SENT)).isCompleted();
    }

    @Test
    void begin_replayAfterTheCancellation_runs() {
        cancel("c1", SENT);

        assertThat(cancellations.begin("c1", SENT + 60_000)).isNotDone();
    }

    @Test
    void accept_afterTheEnd_isNotMissed() {
        var unused = cancellations.begin("c1", SENT);
        cancellations.end("c1");

        cancel("c1", SENT);

        assertThat(cancellations.begin("c1", SENT))
                .as("the same record, read again")
                .isCompleted();
    }

    @Test
    void end_oneOfTwo_leavesTheOther() {
        var unused = cancellations.begin("c1", SENT);
        CompletableFuture<Void> again = cancellations.begin("c1", SENT);
        cancellations.end("c1");

        cancel("c1", SENT);

        assertThat(again).isCompleted();
    }

    @Test
    void accept_anyNumber_remembersTheLatest() {
        for (int i = 0; i < 20_000; i++) {
            cancel("c" + i, SENT);
        }

        assertThat(cancellations.begin("c0", SENT)).as("forgotten").isNotDone();
        assertThat(cancellations.begin("c19999", SENT)).isCompleted();
    }

    @Test
    void accept_nonsense_isIgnored() {
        cancellations.accept(record(new OutboundRecord(null, "{".getBytes(UTF_8), Headers.NONE), SENT));

        assertThat(cancellations.begin("c1", SENT)).isNotDone();
    }

    private void cancel(String id, long millis) {
        cancellations.accept(record(new CancelCodec().encode(new CancelRequest(id)), millis));
    }

    private static InboundRecord record(OutboundRecord request, long millis) {
        return new InboundRecord(
                new RecordPosition("toolstream.control", 0, 0), millis, request.key(), request.value(), Headers.NONE);
    }
}
