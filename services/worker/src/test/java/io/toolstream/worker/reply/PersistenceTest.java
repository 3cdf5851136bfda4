package io.toolstream.worker.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.PublishException;
import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.wire.Headers;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.worker.fixture.FakePublisher;
import io.toolstream.worker.fixture.ManualTimer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PersistenceTest {
    private final ManualTimer timer = new ManualTimer();
    private final FakePublisher broker = new FakePublisher();
    private final PersistentPublisher toCallers =
            new PersistentPublisher(broker, Persistence.withCallersTopics(timer, Runnable::run));
    private final PersistentPublisher toOurs =
            new PersistentPublisher(broker, Persistence.withOwnTopics(timer, Runnable::run));

    @Test
    void publish_whileTheBrokerIsAway_triesAgainWithGrowingWaits() {
        broker.refuse("t", Collections.nCopies(12, Kind.TRANSIENT).toArray(Kind[]::new));

        CompletableFuture<?> published = toCallers.publish("t", null, record());
        List<Long> waits = new ArrayList<>();
        while (timer.pending() > 0) {
            assertThat(published).isNotDone();
            waits.add(timer.runNext());
        }

        assertThat(published).isCompleted();
        assertThat(waits)
                .startsWith(50L, 100L, 200L, 400L)
                .endsWith(5_000L, 5_000L)
                .hasSize(12);
        assertThat(broker.sentTo("t")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DESTINATION", "TOO_LARGE", "FATAL"})
    void publish_toACallersTopic_takesADefiniteNo(Kind kind) {
        broker.refuse("t", kind);

        assertFailedWith(kind, toCallers.publish("t", null, record()));
        assertThat(timer.pending()).isZero();
    }

    @Test
    void publish_toOurOwnTopicThatIsMissing_waitsForIt() {
        broker.refuse("t", Kind.DESTINATION);

        CompletableFuture<?> published = toOurs.publish("t", null, record());
        assertThat(published).isNotDone();
        timer.runNext();

        assertThat(published).isCompleted();
    }

    @Test
    void publish_whenTheWorkerClosesMeanwhile_ends() {
        timer.shutdownNow();
        broker.refuse("t", Kind.TRANSIENT);

        assertFailedWith(Kind.FATAL, toOurs.publish("t", null, record()));
    }

    private static void assertFailedWith(Kind kind, CompletableFuture<?> published) {
        assertThat(published)
                .isCompletedExceptionally()
                .satisfies(failed -> assertThat(Persistence.publishException(
                                        failed.handle((ok, thrown) -> thrown).join())
                                .kind())
                        .isEqualTo(kind));
        assertThat(published.handle((ok, thrown) -> thrown).join()).isInstanceOf(PublishException.class);
    }

    private static OutboundRecord record() {
        return new OutboundRecord(null, new byte[1], Headers.NONE);
    }
}
