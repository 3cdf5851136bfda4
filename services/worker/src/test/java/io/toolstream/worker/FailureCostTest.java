package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.settings.Effect;
import io.toolstream.settings.McpSettings;
import io.toolstream.settings.ToolPolicy;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.testkit.Accepting;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.fixture.GrantedTime;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What failures cost those who call: a refusal, a second attempt, the way to another replica. Real servers, real time. */
final class FailureCostTest {
    private static final Tool ECHO = ToolFixtures.tool("fs", "echo", Effect.READ);
    private static final Tool ECHO_AGAIN =
            new Tool("fs", "echo", Effect.READ, ECHO.digest(), ECHO.arguments(), ToolPolicy.DEFAULT);
    private static final int WARM_UP = 3_000;
    private static final int REFUSALS = 10_000;

    private static final int A_FEW = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final GrantedTime time = new GrantedTime();
    private final RealInvokers invokers = new RealInvokers();

    @AfterEach
    void stop() {
        invokers.close();
        time.close();
    }

    @Test
    void refusal_whileTheBreakerIsOpen_comesWithinAMillisecond() {
        try (ScriptedToolServer gone = ScriptedToolServer.start()) {
            Invoker invoker = invokers.open(http(gone.url()), McpSettings.DEFAULT);
            gone.become(Accepting.REFUSED);
            gone.dropConnections();
            await().atMost(PATIENCE)
                    .until(() -> code(RealInvokers.call(invoker, ECHO).join()) == ErrorCode.BREAKER_OPEN);
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < WARM_UP + REFUSALS; i++) {
                long begunNanos = System.nanoTime();
                Outcome outcome = RealInvokers.call(invoker, ECHO).join();
                if (i >= WARM_UP && code(outcome) == ErrorCode.BREAKER_OPEN) {
                    times.add(System.nanoTime() - begunNanos);
                }
            }
            times.sort(null);
            System.out.printf(
                    "%d refusals: half within %.1f µs, 99 of 100 within %.1f µs%n",
                    times.size(), percentile(times, 0.5) / 1e3, percentile(times, 0.99) / 1e3);

            assertThat(times).hasSizeGreaterThan(REFUSALS / 2);
            assertThat(Duration.ofNanos(percentile(times, 0.5))).isLessThan(Duration.ofMillis(1));
        }
    }

    /** One of twenty first attempts fails; the default is a second one, 50 ms later. */
    @Test
    void callThatIsTriedAgain_takesTheWaitAndItsSecondAttemptLonger() {
        Random random = new Random(5);
        try (ScriptedToolServer server = ScriptedToolServer.start()) {
            server.script(
                    "echo",
                    call -> random.nextDouble() < 0.05
                            ? Behaviour.answering(Answer.failure(-32_603, "as told"))
                            : Behaviour.normal());
            Invoker invoker = invokers.open(http(server.url()), McpSettings.DEFAULT);
            List<Long> first = new ArrayList<>();
            List<Long> again = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                long begunNanos = System.nanoTime();
                Outcome outcome = RealInvokers.call(invoker, ECHO_AGAIN).join();
                if (outcome instanceof Outcome.Answered) {
                    (outcome.attempts() == 1 ? first : again).add(System.nanoTime() - begunNanos);
                }
            }
            first.sort(null);
            again.sort(null);
            double extra = percentile(again, 0.5) - percentile(first, 0.5);
            System.out.printf(
                    "%d of %d calls were tried again and took %.1f ms longer, half of them: %.2f ms on average of all%n",
                    again.size(),
                    first.size() + again.size(),
                    extra / 1e6,
                    extra / 1e6 * again.size() / (first.size() + again.size()));

            assertThat(again).hasSizeGreaterThan(20);
            assertThat(Duration.ofNanos(again.get(0))).isGreaterThanOrEqualTo(Duration.ofMillis(50));
            assertThat(extra / 1e6).isLessThan(100);
        }
    }

    /** Fifty calls a second, to the first of two replicas while it is well. */
    @ParameterizedTest
    @ValueSource(strings = {"refused", "hung"})
    void replicaThatFails_isLeftForTheOther(String failure) {
        try (FailingServers first = failure.equals("hung") ? FailingServers.hung() : FailingServers.refused();
                ScriptedToolServer second = ScriptedToolServer.start()) {
            URI url = ((ServerEntry.Http) first.entry()).url();
            Invoker invoker = invokers.open(http(url, second.url()), McpSettings.DEFAULT);
            Traffic traffic = new Traffic(invoker);
            await().atMost(PATIENCE).until(() -> traffic.answered.get() > 10);
            long failedNanos = time.nanos();
            first.fail();
            int before = second.calls().size();

            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> second.calls().size() > before);
            Duration took = time.since(failedNanos);
            await().atMost(PATIENCE).until(() -> second.calls().size() > before + A_FEW);
            int failedUntilThen = traffic.failed.get();
            traffic.isLeft = true;
            await().atMost(PATIENCE).until(() -> traffic.answeredLater.get() > A_FEW);
            traffic.stop();
            System.out.printf(
                    "%s: the other replica was asked after %.2f s; %d calls failed%n",
                    failure, took.toMillis() / 1e3, failedUntilThen);

            assertThat(took).isLessThan(Duration.ofSeconds(5));
            assertThat(traffic.failedLater.get()).isZero();
        }
    }

    /** Calls that begin at a rate of their own, whatever becomes of those before. */
    private final class Traffic {
        private final AtomicInteger answered = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicInteger answeredLater = new AtomicInteger();
        private final AtomicInteger failedLater = new AtomicInteger();
        private final ScheduledFuture<?> schedule;

        /** What begins from then on is to meet the other replica. */
        private volatile boolean isLeft;

        Traffic(Invoker invoker) {
            schedule = invokers.timer()
                    .scheduleAtFixedRate(
                            () -> invokers.callThreads().execute(() -> begin(invoker)), 0, 20, TimeUnit.MILLISECONDS);
        }

        private void begin(Invoker invoker) {
            boolean isLate = isLeft;
            var unused = RealInvokers.call(invoker, ECHO).thenAccept(outcome -> {
                if (outcome instanceof Outcome.Answered) {
                    (isLate ? answeredLater : answered).incrementAndGet();
                } else {
                    (isLate ? failedLater : failed).incrementAndGet();
                }
            });
        }

        void stop() {
            schedule.cancel(false);
        }
    }

    private static ServerEntry http(URI... urls) {
        return new ServerEntry.Http("fs", List.of(urls), Map.of(), ServerEntry.Http2.AUTO);
    }

    private static ErrorCode code(Outcome outcome) {
        return ((Outcome.Failed) outcome).failure().code();
    }

    private static long percentile(List<Long> sorted, double part) {
        return sorted.get((int) (sorted.size() * part));
    }
}
