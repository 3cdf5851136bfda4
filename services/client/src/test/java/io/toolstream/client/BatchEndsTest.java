package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How batches end otherwise than with their last call. */
final class BatchEndsTest extends ToolClientFixture {
    private static final BatchOptions OPTIONS = BatchOptions.of("b");

    @Test
    void next_whereTheSourceThrows_givesTheResultsOfAllBefore_andThenThrowsTheSame() {
        BatchResults results = client.batch(failingAfter(3), OPTIONS);

        assertThat(results.awaitNext(Duration.ofMillis(1))).isFalse();
        assertThat(publisher.sent).as("what was taken is sent").hasSize(1);
        new FakeWorker(replies()).answer(publisher.last());

        assertThat(List.of(results.next(), results.next(), results.next())).allMatch(CallResult::isOk);
        assertThat(results.hasNext()).isTrue();
        assertThat(results.awaitNext(Duration.ofMinutes(1))).isTrue();
        assertThatThrownBy(results::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("line 4 is torn");
        assertThat(results.hasNext()).isFalse();
        assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
        assertThat(client.snapshot().inFlight()).isZero();
        assertThat(alarm.waiting()).isZero();
    }

    @Test
    void next_whereTheSourceGivesNull_saysSo() {
        BatchResults results = client.batch(Arrays.asList((ToolCall) null), OPTIONS);

        assertThat(results.hasNext()).isTrue();
        assertThatThrownBy(results::next)
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("gave null for a call");
    }

    @Test
    void next_memberWithAShorterTimeOutThanOthersOfItsRecord_isNotWaitedForLonger() {
        BatchResults results = client.batch(
                Stream.of(CALL.timeout(Duration.ofMinutes(4)), CALL.timeout(Duration.ofSeconds(2)), CALL), OPTIONS);
        assertThat(results.awaitNext(Duration.ofMillis(1))).isFalse();
        assertThat(publisher.sent).hasSize(1);

        alarm.pass(Duration.ofSeconds(3));

        assertThat(client.snapshot().counts().timedOut()).isEqualTo(1);
        new FakeWorker(replies()).answer(publisher.last(), call -> call.id().equals("b-0"));
        assertThat(results.next().isOk()).isTrue();
        assertThat(results.next().failure()).isInstanceOf(CallTimedOut.class).hasMessageContaining("within 2000 ms");
        alarm.pass(Duration.ofSeconds(3));
        assertThat(results.next().failure()).isInstanceOf(CallTimedOut.class).hasMessageContaining("within 5000 ms");
        assertThat(alarm.waiting()).isZero();
    }

    @Test
    void next_afterTheClientWasClosed_givesEachCallThatAsItsResult() {
        BatchResults results = client.batch(List.of(CALL, CALL), OPTIONS);
        assertThat(results.awaitNext(Duration.ofMillis(1))).isFalse();

        client.close();

        assertThat(results.next().failure()).isInstanceOf(ClientClosed.class);
        assertThat(results.next().failure()).isInstanceOf(ClientClosed.class);
        assertThat(results.hasNext()).isFalse();
    }

    @Test
    void next_afterClose_isOver() {
        BatchResults results = client.batch(failingAfter(1), OPTIONS);
        assertThat(results.awaitNext(Duration.ofMillis(1))).isFalse();

        results.close();

        assertThat(client.snapshot().inFlight()).isZero();
        assertThat(results.awaitNext(Duration.ofMinutes(1))).isFalse();
        assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
    }

    private static Iterable<ToolCall> failingAfter(int calls) {
        return () -> new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public ToolCall next() {
                if (given == calls) {
                    throw new IllegalStateException("line 4 is torn");
                }
                given++;
                return CALL;
            }
        };
    }
}
