package io.toolstream.worker.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.settings.Effect;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RoutingInvokerTest {
    private static final Answer ANSWER = new Answer(Status.OK, RawJson.EMPTY_OBJECT, 1);

    private final Routes routes = new Routes();
    private final RoutingInvoker invoker = new RoutingInvoker(routes);
    private final Invocation call = Records.invocation(ToolFixtures.tool("fs", "read", Effect.READ));

    @Test
    void invoke_goesTheWayOfItsServer() {
        CompletableFuture<Answer> asked = new CompletableFuture<>();
        routes.replace(Map.of("fs", new Route(invocation -> asked), "web", new Route(nobody())));

        CompletableFuture<Answer> answer = invoker.invoke(call);
        asked.complete(ANSWER);

        assertThat(answer).isCompletedWithValue(ANSWER);
    }

    @Test
    void invoke_ofAServerThatIsGone_isUnavailable() {
        routes.replace(Map.of("fs", new Route(nobody())));
        routes.replace(Map.of());

        assertThatThrownBy(() -> invoker.invoke(call).join())
                .hasMessageContaining(ErrorCode.SERVER_UNAVAILABLE.text())
                .hasMessageContaining("not configured");
    }

    @Test
    void retire_waitsForThoseInside_andLetsNobodyIn() {
        CompletableFuture<Answer> asked = new CompletableFuture<>();
        Route route = new Route(invocation -> asked);
        routes.replace(Map.of("fs", route));
        CompletableFuture<Answer> answer = invoker.invoke(call);

        CompletableFuture<Void> left = route.retire();

        assertThat(route.inFlight()).isOne();
        assertThat(left).isNotDone();
        assertThat(route.begin(call)).isEmpty();

        asked.complete(ANSWER);
        assertThat(answer).isCompleted();
        assertThat(left).isCompleted();
        assertThat(route.inFlight()).isZero();
    }

    @Test
    void retire_ofAnEmptyRoute_isDoneAtOnce_alsoASecondTime() {
        Route route = new Route(nobody());

        assertThat(route.retire()).isCompleted();
        assertThat(route.retire()).isCompleted();
        assertThat(route.begin(call)).isEmpty();
    }

    @Test
    void begin_thatThrows_leavesAgain() {
        Route route = new Route(invocation -> {
            throw new IllegalStateException("a bug");
        });

        assertThatThrownBy(() -> route.begin(call)).hasMessage("a bug");
        assertThat(route.retire()).isCompleted();
    }

    /** Callers run while the way is replaced again and again: nobody finds it closed, and every retired one empties. */
    @Test
    void replacedUnderLoad_noCallIsRefused_andNobodyIsInsideAClosedRoute() throws Exception {
        int callers = 3;
        AtomicLong done = new AtomicLong();
        AtomicInteger afterClose = new AtomicInteger();
        CompletableFuture<Void> stop = new CompletableFuture<>();
        Guarded current = new Guarded(afterClose);
        routes.replace(Map.of("fs", current.route));
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        CountDownLatch calling = new CountDownLatch(callers);
        try {
            for (int i = 0; i < callers; i++) {
                threads.execute(() -> {
                    while (!stop.isDone()) {
                        try {
                            invoker.invoke(call).join();
                            done.incrementAndGet();
                            calling.countDown();
                        } catch (RuntimeException e) {
                            stop.completeExceptionally(e);
                        }
                    }
                });
            }
            assertThat(calling.await(30, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 5_000 && !stop.isDone(); i++) {
                Guarded next = new Guarded(afterClose);
                routes.replace(Map.of("fs", next.route));
                current.route.retire().get(30, TimeUnit.SECONDS);
                current.isClosed = true;
                current = next;
            }
            stop.complete(null);
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(stop).isCompleted();
        assertThat(done).hasPositiveValue();
        assertThat(afterClose).hasValue(0);
    }

    /** Counts who comes in, or is still inside, after it was closed. */
    private static final class Guarded {
        private final Route route;
        private volatile boolean isClosed;

        Guarded(AtomicInteger afterClose) {
            route = new Route(invocation -> {
                if (isClosed) {
                    afterClose.incrementAndGet();
                }
                return CompletableFuture.completedFuture(ANSWER);
            });
        }
    }

    private static Invoker nobody() {
        return invocation -> {
            throw new AssertionError("not to be called");
        };
    }
}
