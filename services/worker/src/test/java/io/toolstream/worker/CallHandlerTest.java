package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.Progress;
import io.toolstream.mcp.ToolResult;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.FakeToolServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallHandlerTest {
    private final HandledCalls calls = new HandledCalls();

    @AfterEach
    void stop() {
        calls.close();
    }

    @Test
    void handle_goodCall_isAnsweredAndTold() {
        calls.clock.advance(Duration.ofMillis(40));

        assertThat(calls.handle(HandledCalls.READ)).isCompleted();

        Reply reply = calls.onlyReply();
        assertThat(reply.status()).isEqualTo(Status.OK);
        assertThat(reply.result()).isEqualTo(RawJson.ofText(FakeToolServer.RESULT));
        assertThat(reply.identity().id()).isEqualTo("c1");
        assertThat(reply.identity().correlationId()).isEqualTo("c1");
        assertThat(reply.identity().server()).isEqualTo("fs");
        assertThat(reply.servedBy().worker()).isEqualTo("worker");
        assertThat(reply.timings().totalMs())
                .isEqualTo(reply.timings().queueMs() + reply.timings().executeMs())
                .isGreaterThanOrEqualTo(40);
        assertThat(calls.onlyEvent().ending().status()).isEqualTo(Status.OK);
        assertThat(calls.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void handle_progress_isToldToWhoAskedForIt_andNotAfterTheEnd(boolean isWanted) {
        CompletableFuture<ToolResult> running = new CompletableFuture<>();
        calls.server.onCall = request -> running;
        var unused = calls.handle(HandledCalls.READ.replace("{}}", "{},\"progress\":" + isWanted + "}"));
        CallListener listener = calls.server.requests.get(0).listener();

        listener.onProgress(new Progress(1, 4.0, null));
        running.complete(FakeToolServer.result("{}"));
        listener.onProgress(new Progress(4, 4.0, null));

        assertThat(calls.replies())
                .extracting(Reply::isFinal)
                .containsExactly(isWanted ? new Boolean[] {false, true} : new Boolean[] {true});
        if (isWanted) {
            assertThat(requireNonNull(calls.replies().get(0).meta()).text())
                    .isEqualTo("{\"progress\":{\"progress\":1,\"total\":4}}");
            assertThat(calls.replies().get(0).identity())
                    .isEqualTo(calls.replies().get(1).identity());
        }
        assertThat(calls.events()).hasSize(1);
    }

    @Test
    void handle_recordFromTheFuture_hasNoNegativeTimes() {
        calls.clock.advance(Duration.ofSeconds(-100));

        assertThat(calls.handle(HandledCalls.READ)).isCompleted();

        assertThat(calls.onlyReply().timings().queueMs()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"toolstream.replies", "toolstream.dead-letters", "toolstream.events"})
    void handle_isNotAcknowledgedWhileAnythingOfItIsNot(String topic) {
        calls.broker.hold(topic);

        CompletableFuture<?> handled = calls.handle("{\"server\":\"fs\",\"tool\":\"nothing\"}");

        assertThat(calls.broker.sentTo(topic)).hasSize(1);
        assertThat(handled).isNotDone();
        calls.broker.release();
        assertThat(handled).isCompleted();
        assertThat(calls.broker.sent()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "{\"tool\":1}",
                "{\"server\":\"fs\"}",
                "{\"server\":\"fs\",\"tool\":\"read\",\"tool\":\"pay\"}",
                "{\"server\":\"fs\",\"tool\":\"read\",\"idempotency_key\":\"k\"}",
                "{\"server\":\"nobody\",\"tool\":\"read\"}",
                "{\"server\":\"fs\",\"tool\":\"nothing\"}",
                "{\"server\":\"fs\",\"tool\":\"read\",\"deadline\":1}",
            })
    void handle_callThatCannotBeExecuted_isAnsweredAndKept(String value) {
        assertThat(calls.handle(value)).isCompleted();

        assertThat(calls.server.requests).isEmpty();
        assertThat(calls.onlyReply().status()).isIn(Status.REJECTED, Status.EXPIRED);
        assertThat(calls.onlyError().mayHaveRun()).isEqualTo(MayHaveRun.NO);
        assertThat(calls.onlyDeadLetter().original().value()).isEqualTo(value.getBytes(UTF_8));
        assertThat(calls.onlyDeadLetter().code()).isEqualTo(calls.onlyError().code());
        assertThat(calls.onlyEvent().ending().code())
                .isEqualTo(calls.onlyError().code());
    }

    @ParameterizedTest
    @CsvSource({"pay, IN_DOUBT, outcome-unknown", "read, FAILED, timed-out"})
    void handle_timeout_dependsOnTheEffect(String tool, Status status, String code) {
        calls.server.fails(McpException.Kind.TIMEOUT, McpException.Delivery.MAYBE);

        assertThat(calls.handle("{\"server\":\"fs\",\"tool\":\"" + tool + "\"}"))
                .isCompleted();

        assertThat(calls.onlyReply().status()).isEqualTo(status);
        assertThat(calls.onlyError().code()).isEqualTo(code);
        assertThat(calls.onlyError().mayHaveRun()).isEqualTo(MayHaveRun.MAYBE);
        assertThat(calls.onlyReply().attempts()).isEqualTo(1);
        assertThat(calls.onlyDeadLetter().code()).isEqualTo(code);
    }

    @Test
    void handle_callThatClaimsAnEffect_changesNothing() {
        calls.server.fails(McpException.Kind.TIMEOUT, McpException.Delivery.MAYBE);

        assertThat(calls.handle("{\"server\":\"fs\",\"tool\":\"pay\",\"effect\":\"read\",\"idempotent\":true}"))
                .isCompleted();

        assertThat(calls.onlyReply().status()).isEqualTo(Status.IN_DOUBT);
    }

    @Test
    void handle_serverThatCannotBeReached_saysThatNothingRan() {
        calls.server.fails(McpException.Kind.CONNECT, McpException.Delivery.NOT_SENT);

        assertThat(calls.handle(HandledCalls.PAY)).isCompleted();

        assertThat(calls.onlyReply().status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(calls.onlyError().retryable()).isTrue();
        assertThat(calls.onlyError().mayHaveRun()).isEqualTo(MayHaveRun.NO);
    }

    @Test
    void handle_withoutItsPartition_doesNothing() {
        calls.isHeld = false;

        assertThat(calls.handle(HandledCalls.READ)).isCompleted();

        assertThat(calls.server.requests).isEmpty();
        assertThat(calls.broker.sent()).isEmpty();
    }

    @Test
    void handle_dispatchedBeforeThePartitionWasLost_isAnswered() {
        CompletableFuture<ToolResult> answer = new CompletableFuture<>();
        calls.server.onCall = request -> answer;
        CompletableFuture<?> handled = calls.handle(HandledCalls.READ);

        calls.isHeld = false;
        answer.complete(FakeToolServer.result("{}"));

        assertThat(handled).isCompleted();
        assertThat(calls.onlyReply().status()).isEqualTo(Status.OK);
    }

    @Test
    void handle_stageThatMeetsABug_isAnsweredWithoutItsDetails() {
        calls.server.onCall = request -> {
            throw new IllegalStateException("hunter2");
        };

        assertThat(calls.handle(HandledCalls.READ)).isCompleted();

        assertThat(calls.onlyError().code()).isEqualTo(ErrorCode.INTERNAL.text());
        assertThat(calls.onlyError().message()).doesNotContain("hunter2");
    }
}
