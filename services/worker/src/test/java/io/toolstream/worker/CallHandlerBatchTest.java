package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.mcp.ToolResult;
import io.toolstream.wire.ReplayedCall;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.FakePublisher.Sent;
import io.toolstream.worker.fixture.FakeToolServer;
import io.toolstream.worker.fixture.Records;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records of several calls. */
final class CallHandlerBatchTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final HandledCalls calls = new HandledCalls();

    @AfterEach
    void stop() {
        calls.close();
    }

    @Test
    void handle_batch_answersEachAndCloses() {
        CompletableFuture<?> handled = calls.handle(
                "{\"calls\":[" + HandledCalls.READ + ",{\"id\":\"m1\",\"server\":\"fs\",\"tool\":\"nothing\"},"
                        + HandledCalls.PAY + "]}",
                Records.header("correlation-id", "the-batch"));

        assertThat(handled).isCompleted();
        Map<String, Status> statuses = calls.replies().stream()
                .collect(Collectors.toMap(reply -> reply.identity().id(), Reply::status));
        assertThat(statuses)
                .containsExactlyInAnyOrderEntriesOf(Map.of("c1", Status.OK, "m1", Status.REJECTED, "c2", Status.OK));
        assertThat(calls.replies())
                .allSatisfy(reply -> assertThat(
                                requireNonNull(reply.identity().batch()).size())
                        .isEqualTo(3));
        List<Sent> sent = calls.broker.sentTo(HandledCalls.TOPICS.replies());
        Sent last = sent.get(sent.size() - 1);
        assertThat(HandledCalls.closing(last).counts()).isEqualTo(Map.of(Status.OK, 2, Status.REJECTED, 1));
        assertThat(last.record().headers().lastText("correlation-id")).hasValue("the-batch");
        assertThat(calls.onlyDeadLetter().failure().member()).isEqualTo(1);
        assertThat(new String(calls.onlyDeadLetter().original().value(), UTF_8))
                .isEqualTo("{\"id\":\"m1\",\"server\":\"fs\",\"tool\":\"nothing\"}");
        assertThat(calls.events()).extracting(event -> event.origin().member()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void handle_membersThatAreCancelled_areCountedByTheClosingReplyWhichComesOnceAndLast() {
        calls.server.onCall = request -> {
            calls.cancel("c1");
            return new CompletableFuture<>();
        };

        CompletableFuture<?> handled =
                calls.handle("{\"calls\":[" + HandledCalls.READ + ",{\"id\":\"m1\",\"server\":\"fs\"}]}");

        assertThat(handled).isCompleted();
        List<Sent> sent = calls.broker.sentTo(HandledCalls.TOPICS.replies());
        assertThat(sent).hasSize(3);
        assertThat(calls.replies()).extracting(Reply::status).contains(Status.CANCELLED, Status.REJECTED);
        assertThat(HandledCalls.closing(sent.get(2)).counts())
                .isEqualTo(Map.of(Status.CANCELLED, 1, Status.REJECTED, 1));
    }

    @Test
    void handle_batchWhoseRepliesAreTooLarge_tellsEachAndClosesInFewerBytes() {
        calls.broker.refuse(HandledCalls.TOPICS.replies(), Kind.TOO_LARGE);
        CompletableFuture<?> handled = calls.handle(
                "{\"calls\":[" + HandledCalls.READ + "]}",
                Records.header("correlation-id", "the-batch"),
                Records.header("traceparent", TRACE),
                Records.header("baggage", "a=b"));
        assertThat(handled).isCompleted();
        List<Sent> sent = calls.broker.sentTo(HandledCalls.TOPICS.replies());
        assertThat(sent).hasSize(2);
        assertThat(HandledCalls.decoded(sent.get(0)).status()).isEqualTo(Status.FAILED);
        assertThat(sent.get(0).record().headers().lastText("baggage")).isEmpty();
        assertThat(sent.get(0).record().headers().lastText("traceparent")).hasValue(TRACE);
        assertThat(sent.get(1).record().headers().lastText("baggage")).hasValue("a=b");
        assertThat(HandledCalls.closing(sent.get(1)).counts()).isEqualTo(Map.of(Status.FAILED, 1));
    }

    @Test
    void handle_batchWhoseClosingReplyIsTooLarge_isClosedInFewerBytes() {
        calls.server.onCall = request -> {
            calls.broker.refuse(HandledCalls.TOPICS.replies(), Kind.TOO_LARGE, Kind.TOO_LARGE, Kind.TOO_LARGE);
            return CompletableFuture.completedFuture(FakeToolServer.result("{}"));
        };

        CompletableFuture<?> handled = calls.handle(
                "{\"calls\":[" + HandledCalls.READ + "]}",
                Records.header("correlation-id", "the-batch"),
                Records.header("baggage", "a=b"));

        assertThat(handled).isCompleted();
        Sent only = calls.broker.sentTo(HandledCalls.TOPICS.replies()).get(0);
        assertThat(HandledCalls.closing(only).counts()).isEqualTo(Map.of(Status.FAILED, 1));
        assertThat(only.record().headers().lastText("baggage")).isEmpty();
    }

    /** To the ledger they are one call: the second is answered with what the first one came to. */
    @Test
    void handle_membersOfOneId_areAnsweredEach_andAToolThatRunsOnceRunsOnce() {
        assertThat(calls.handle("{\"calls\":[" + HandledCalls.PAY + "," + HandledCalls.PAY + "]}"))
                .isCompleted();

        List<Sent> sent = calls.broker.sentTo(HandledCalls.TOPICS.replies());
        assertThat(calls.server.requests).hasSize(1);
        assertThat(calls.replies()).extracting(reply -> reply.identity().id()).containsExactly("c2", "c2");
        assertThat(calls.replies())
                .extracting(reply -> requireNonNull(reply.identity().batch()).index())
                .containsExactly(0, 1);
        assertThat(HandledCalls.closing(sent.get(2)).counts()).isEqualTo(Map.of(Status.OK, 2));
    }

    @Test
    void handle_memberThatFails_isKeptWithTheTenantOfItsRecord() {
        assertThat(calls.handle(
                        "{\"tenant\":\"acme\",\"calls\":[{\"id\":\"m1\",\"server\":\"fs\",\"tool\":\"nothing\"}]}"))
                .isCompleted();

        assertThat(ReplayedCall.of(calls.onlyDeadLetter()))
                .hasValueSatisfying(call -> assertThat(call.context().tenant()).isEqualTo("acme"));
    }

    @Test
    void handle_closingReplyOfABatch_isAwaitedToo() {
        calls.server.onCall = request -> {
            calls.broker.hold(HandledCalls.TOPICS.replies());
            return CompletableFuture.completedFuture(FakeToolServer.result("{}"));
        };
        CompletableFuture<?> handled = calls.handle("{\"calls\":[" + HandledCalls.READ + "]}");
        assertThat(handled).isNotDone();

        calls.broker.release();
        assertThat(handled).isCompleted();
        assertThat(calls.broker.sentTo(HandledCalls.TOPICS.replies())).hasSize(2);
    }

    /** Members that went over the places kept for interactive calls would be parked, each with its whole record. */
    @Test
    void handle_batchesBesideInteractiveCalls_waitTheirTurnInsteadOfBeingSentAway() {
        Queue<CompletableFuture<ToolResult>> running = new ArrayDeque<>();
        calls.server.onCall = request -> {
            CompletableFuture<ToolResult> answer = new CompletableFuture<>();
            running.add(answer);
            return answer;
        };
        String members = String.join(",", Collections.nCopies(100, "{\"server\":\"fs\",\"tool\":\"read\"}"));

        CompletableFuture<?> interactive = calls.handle(HandledCalls.READ);
        List<CompletableFuture<?>> batches = Stream.generate(
                        () -> calls.handle("{\"priority\":\"batch\",\"calls\":[" + members + "]}"))
                .limit(3)
                .collect(Collectors.toList());
        while (!running.isEmpty()) {
            running.remove().complete(FakeToolServer.result("{}"));
        }

        assertThat(interactive).isCompleted();
        assertThat(batches).allMatch(CompletableFuture::isDone);
        assertThat(calls.replies()).hasSize(301).allMatch(reply -> reply.status() == Status.OK);
    }

    @Test
    void handle_largeBatch_runsAFewAtATime() {
        Queue<CompletableFuture<ToolResult>> running = new ArrayDeque<>();
        calls.server.onCall = request -> {
            CompletableFuture<ToolResult> answer = new CompletableFuture<>();
            running.add(answer);
            return answer;
        };
        String member = "{\"server\":\"fs\",\"tool\":\"read\"}";

        CompletableFuture<?> handled = calls.handle("{\"calls\":[" + (member + ",").repeat(999) + member + "]}");

        assertThat(running).as("as many as there are permits").hasSize(10);
        for (int i = 0; i < 1_000; i++) {
            running.remove().complete(FakeToolServer.result("{}"));
            assertThat(running).hasSizeLessThanOrEqualTo(MemberWindow.WIDTH);
        }
        assertThat(handled).isCompleted();
        assertThat(calls.broker.sentTo(HandledCalls.TOPICS.replies())).hasSize(1_001);
    }

    @Test
    void handle_batchWhosePartitionIsLostMidway_stopsWithoutClosing() {
        calls.server.onCall = request -> {
            calls.isHeld = false;
            return CompletableFuture.completedFuture(FakeToolServer.result("{}"));
        };

        assertThat(calls.handle("{\"calls\":[" + HandledCalls.READ + "," + HandledCalls.PAY + "]}"))
                .isCompleted();

        assertThat(calls.server.requests).hasSize(1);
        assertThat(calls.broker.sentTo(HandledCalls.TOPICS.replies())).hasSize(1);
    }

    @Test
    void handle_membersOfOneOrderingKey_runOneAfterTheOther() {
        Queue<CompletableFuture<ToolResult>> running = new ArrayDeque<>();
        calls.server.onCall = request -> {
            CompletableFuture<ToolResult> call = new CompletableFuture<>();
            running.add(call);
            return call;
        };
        String keyed = "{\"server\":\"fs\",\"tool\":\"read\",\"orderingKey\":\"k\"}";
        CompletableFuture<?> handled =
                calls.handle("{\"calls\":[" + keyed + "," + HandledCalls.READ + "," + keyed + "," + keyed + "]}");

        assertThat(running).hasSize(2);
        running.remove().completeExceptionally(new IllegalStateException("however it ends"));
        assertThat(running).as("the free one and the next of the key").hasSize(2);
        running.remove().complete(FakeToolServer.result("{}"));
        assertThat(running).hasSize(1);
        running.remove().complete(FakeToolServer.result("{}"));
        running.remove().complete(FakeToolServer.result("{}"));
        assertThat(handled).isCompleted();
    }

    @Test
    void condemned_batch_answersEveryMember() {
        var unused = calls.handler.condemned(
                Records.of("{\"calls\":[" + HandledCalls.READ + "," + HandledCalls.PAY + "]}"), () -> calls.isHeld, 3);

        assertThat(calls.server.requests).isEmpty();
        assertThat(calls.replies()).hasSize(2).allMatch(reply -> reply.status() == Status.FAILED);
        assertThat(calls.deadLetters()).hasSize(2);
    }
}
