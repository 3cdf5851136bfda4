package io.toolstream.mcp.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which replica a call goes to, and what becomes of its failure. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of calls is seen elsewhere
final class ReplicatedToolServerTest {
    private final Fake first = new Fake("first");
    private final Fake second = new Fake("second");
    private final ToolServer filled = new ReplicatedToolServer("r", List.of(first, second), false);
    private final ToolServer spread = new ReplicatedToolServer("r", List.of(first, second), true);

    @Test
    void call_goesToTheOneWithTheLeastToDo() {
        filled.call(Calls.request("t"));
        filled.call(Calls.request("t"));
        filled.call(Calls.request("t"));
        second.answer(0);
        filled.call(Calls.request("t"));

        assertThat(first.calls).hasSize(2);
        assertThat(second.calls).hasSize(2);
    }

    @Test
    void calls_oneAfterTheOther_needOneReplicaOnly() {
        for (int i = 0; i < 10; i++) {
            CompletableFuture<ToolResult> result = filled.call(Calls.request("t"));
            first.answer(i);
            assertThat(result).isCompleted();
        }

        assertThat(second.calls).isEmpty();
    }

    @Test
    void calls_thatAreSpread_takeTurns() {
        spread.call(Calls.request("t"));
        first.answer(0);
        spread.call(Calls.request("t"));
        second.answer(0);

        assertThat(first.calls).hasSize(1);
        assertThat(second.calls).hasSize(1);
    }

    @Test
    void notSent_isTriedAtTheOther_andTheFailedOneLeftAlone() {
        CompletableFuture<ToolResult> result = filled.call(Calls.request("t"));
        first.fail(0, Kind.CONNECT, Delivery.NOT_SENT);
        second.answer(0);
        filled.call(Calls.request("t"));
        filled.call(Calls.request("t"));

        assertThat(result).isCompleted();
        assertThat(first.calls).hasSize(1);
        assertThat(second.calls).hasSize(3);
    }

    @Test
    void mayHaveRun_isTriedNowhereElse() {
        CompletableFuture<ToolResult> result = filled.call(Calls.request("t"));
        first.fail(0, Kind.CONNECTION_LOST, Delivery.MAYBE);

        assertThat(Calls.failure(result).delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(second.calls).isEmpty();
    }

    @Test
    void notSentAnywhere_failsWithTheLastReason() {
        CompletableFuture<ToolResult> result = filled.call(Calls.request("t"));
        first.fail(0, Kind.CONNECT, Delivery.NOT_SENT);
        second.fail(0, Kind.POOL_EXHAUSTED, Delivery.NOT_SENT);

        assertThat(Calls.failure(result).kind()).isEqualTo(Kind.POOL_EXHAUSTED);
    }

    @Test
    void allFailing_areAskedAllTheSame() {
        filled.call(Calls.request("t"));
        first.fail(0, Kind.CONNECT, Delivery.NOT_SENT);
        second.fail(0, Kind.CONNECT, Delivery.NOT_SENT);

        filled.call(Calls.request("t"));

        assertThat(first.calls.size() + second.calls.size()).isEqualTo(3);
    }

    @Test
    void probe_ofOneThatIsWell_isEnough_andBringsItBack() {
        filled.call(Calls.request("t"));
        first.fail(0, Kind.CONNECT, Delivery.NOT_SENT);

        CompletableFuture<Void> probe = filled.probe();
        second.probes.get(0).completeExceptionally(new McpException(Kind.CONNECT, Delivery.NOT_SENT, "", null));
        assertThat(probe).isNotDone();
        first.probes.get(0).complete(null);
        assertThat(probe).isCompleted();
        filled.call(Calls.request("t"));

        assertThat(first.calls).hasSize(2);
    }

    @Test
    void probe_ofNoneThatIsWell_fails() {
        CompletableFuture<Void> probe = filled.probe();
        first.probes.get(0).completeExceptionally(new McpException(Kind.CONNECT, Delivery.NOT_SENT, "", null));
        second.probes.get(0).completeExceptionally(new McpException(Kind.CONNECT, Delivery.NOT_SENT, "", null));

        assertThat(Calls.failure(probe).kind()).isEqualTo(Kind.CONNECT);
    }

    @Test
    void cancel_reachesTheReplica() {
        CompletableFuture<ToolResult> result = filled.call(Calls.request("t"));

        result.cancel(true);

        assertThat(first.calls.get(0)).isCancelled();
        filled.call(Calls.request("t"));
        assertThat(second.calls).isEmpty();
    }

    @Test
    void stats_areSummed() {
        assertThat(filled.stats().opened()).isEqualTo(2);
        assertThat(filled.stats().residentBytes()).isEqualTo(200);
        assertThat(filled.stats().establish().quantileNanos(1)).isEqualTo(5000);
    }

    /** Does nothing until a test says so. */
    private static final class Fake implements ToolServer {
        private final String name;
        private final List<CompletableFuture<ToolResult>> calls = new ArrayList<>();
        private final List<CompletableFuture<Void>> probes = new ArrayList<>();

        Fake(String name) {
            this.name = name;
        }

        void answer(int call) {
            calls.get(call).complete(new ToolResult(JsonSlice.ofText("{}"), false, ToolResult.ResultType.COMPLETE));
        }

        void fail(int call, Kind kind, Delivery delivery) {
            calls.get(call).completeExceptionally(new McpException(kind, delivery, name, null));
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public CompletableFuture<ToolResult> call(ToolRequest request) {
            calls.add(new CompletableFuture<>());
            return calls.get(calls.size() - 1);
        }

        @Override
        public CompletableFuture<List<ToolDefinition>> listTools() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Void> probe() {
            probes.add(new CompletableFuture<>());
            return probes.get(probes.size() - 1);
        }

        @Override
        public ConnectionStats stats() {
            return new ConnectionStats(1, 0, 0, 0, 0, 5000).withResidentBytes(100);
        }

        @Override
        public CompletableFuture<Void> close() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
