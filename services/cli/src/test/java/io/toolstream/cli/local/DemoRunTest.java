package io.toolstream.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.cli.text.Style;
import io.toolstream.client.ToolCall;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyIdentity;
import io.toolstream.wire.ServedBy;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class DemoRunTest {
    private static final DemoStep STEP =
            new DemoStep("four calls", "echo", ToolCall.of("demo", "echo"), 4, 1, Status.OK);

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void run_measuresEachCallFromItsSending() {
        DemoOutcome outcome = run(Status.OK);

        assertThat(outcome.isAsExpected()).isTrue();
        assertThat(outcome.percentileMillis(0.5)).isEqualTo(2.0);
        assertThat(outcome.percentileMillis(0.95)).isEqualTo(4.0);
        assertThat(DemoReport.table(List.of(outcome), Style.of(false)).get(1))
                .matches("four calls +4 +1 +ok +0 +2\\.0 +4\\.0");
    }

    @Test
    void run_anotherOutcome_isNotAsExpectedAndSaid() {
        DemoOutcome outcome = run(Status.TOOL_ERROR);

        assertThat(outcome.isAsExpected()).isFalse();
        assertThat(DemoReport.table(List.of(outcome), Style.of(false)).get(1)).contains("ok expected");
    }

    @Test
    void run_severalAtOnce_keepsThatManyUnderWay() {
        Queue<CompletableFuture<Reply>> underWay = new ArrayDeque<>();
        DemoStep step = new DemoStep("ten calls", "echo", ToolCall.of("demo", "echo"), 10, 3, Status.OK);
        CompletableFuture<DemoOutcome> outcome =
                CompletableFuture.supplyAsync(() -> new DemoRun(call -> sent(underWay), nanos::get).run(step));

        for (int left = 10; left > 0; left--) {
            int expected = Math.min(3, left);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> size(underWay) == expected);
            first(underWay).complete(reply(Status.OK));
        }

        assertThat(outcome.join().replies()).hasSize(10);
        assertThat(outcome.join().isAsExpected()).isTrue();
    }

    private static CompletableFuture<Reply> sent(Queue<CompletableFuture<Reply>> underWay) {
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        synchronized (underWay) {
            underWay.add(answer);
        }
        return answer;
    }

    private static int size(Queue<CompletableFuture<Reply>> underWay) {
        synchronized (underWay) {
            return underWay.size();
        }
    }

    private static CompletableFuture<Reply> first(Queue<CompletableFuture<Reply>> underWay) {
        synchronized (underWay) {
            return underWay.remove();
        }
    }

    /** The n-th call is answered after n ms. */
    private DemoOutcome run(Status status) {
        AtomicLong calls = new AtomicLong();
        return new DemoRun(
                        call -> {
                            nanos.addAndGet(calls.incrementAndGet() * 1_000_000);
                            return CompletableFuture.completedFuture(reply(status));
                        },
                        nanos::get)
                .run(STEP);
    }

    private static Reply reply(Status status) {
        return new Reply(
                new ReplyIdentity("id", "c", "demo", "echo", null, null, null),
                status,
                RawJson.ofText("{\"content\":[]}"),
                null,
                1,
                new ServedBy("w", "none", null),
                new Timings(0, 0, 0),
                true);
    }
}
