package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.EffectEntry.Concluded;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.catalogue.CatalogueSnapshot;
import io.toolstream.worker.catalogue.ServerTools;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that were handled before, by a worker that knew more or that did not live to tell. */
final class CallHandlerAgainTest {
    private final HandledCalls calls = new HandledCalls();

    @AfterEach
    void stop() {
        calls.close();
    }

    @Test
    void condemned_isAnsweredAndKept_andNotRun() {
        CompletionStage<?> handled = calls.handler.condemned(Records.of(HandledCalls.READ), () -> calls.isHeld, 3);

        assertThat(handled.toCompletableFuture()).isCompleted();
        assertThat(calls.server.requests).isEmpty();
        assertThat(calls.onlyReply().status()).isEqualTo(Status.FAILED);
        assertThat(calls.onlyError().code()).isEqualTo(ErrorCode.POISON.text());
        assertThat(calls.onlyError().mayHaveRun()).isEqualTo(MayHaveRun.MAYBE);
        assertThat(calls.onlyDeadLetter().code()).isEqualTo(ErrorCode.POISON.text());
        assertThat(calls.events()).hasSize(1);
    }

    @Test
    void condemned_thatEndsItsWorkerEvenSo_isKeptWithoutBeingDecoded() {
        CallHandler deadly = calls.handler(record -> {
            throw new StackOverflowError("as told");
        });
        InboundRecord record = Records.of(
                HandledCalls.PAY, Records.header("correlation-id", "k"), Records.header("reply-to", "svc.replies"));
        assertThat(deadly.condemned(record, () -> calls.isHeld, 3).toCompletableFuture())
                .as("the third time it is decoded, so that its calls can be answered")
                .isCompletedExceptionally();

        assertThat(deadly.condemned(record, () -> calls.isHeld, 4).toCompletableFuture())
                .isCompleted();

        assertThat(calls.onlyDeadLetter().code()).isEqualTo("poison");
        assertThat(calls.onlyDeadLetter().original().value()).isEqualTo(record.value());
        assertThat(calls.onlyReply().identity().correlationId()).isEqualTo("k");
        assertThat(calls.onlyError().mayHaveRun()).isEqualTo(MayHaveRun.MAYBE);
        assertThat(calls.broker.sentTo("svc.replies")).hasSize(1);
        assertThat(calls.onlyEvent().ending().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void handle_readAgainWhileItsToolIsNotKnown_isAnsweredWithWhatTheLedgerRemembers() {
        InboundRecord record = Records.of(HandledCalls.PAY);
        assertThat(calls.handle(record)).isCompleted();
        assertThat(calls.onlyReply().status()).isEqualTo(Status.OK);

        calls.catalogue = unread();
        assertThat(calls.handle(record)).isCompleted();

        assertThat(calls.replies()).extracting(Reply::status).containsExactly(Status.OK, Status.OK);
        assertThat(calls.replies().get(1).attempts()).isZero();
    }

    @Test
    void handle_whileItsToolIsNotKnown_isUnavailable_andStaysSoForThatRecordAlone() {
        CatalogueSnapshot known = calls.catalogue;
        calls.catalogue = unread();
        InboundRecord record = Records.of(HandledCalls.PAY);
        assertThat(calls.handle(record)).isCompleted();
        assertThat(calls.onlyError().code()).isEqualTo("server-unavailable");

        calls.catalogue = known;
        assertThat(calls.handle(record)).isCompleted();
        assertThat(calls.replies().get(1).status())
                .as("it was said that it did not run")
                .isEqualTo(Status.UNAVAILABLE);
        assertThat(calls.handle(HandledCalls.PAY)).isCompleted();
        assertThat(calls.replies().get(2).status()).isEqualTo(Status.OK);
    }

    @ParameterizedTest
    @MethodSource
    void handle_readAgainAfterItsToolChanged_isAnsweredWithWhatTheLedgerRemembers(CatalogueSnapshot changed) {
        InboundRecord record = Records.of(HandledCalls.PAY);
        assertThat(calls.handle(record)).isCompleted();

        calls.catalogue = changed;
        assertThat(calls.handle(record)).isCompleted();

        assertThat(calls.replies()).extracting(Reply::status).containsExactly(Status.OK, Status.OK);
        assertThat(calls.server.requests).hasSize(1);
    }

    static Stream<CatalogueSnapshot> handle_readAgainAfterItsToolChanged_isAnsweredWithWhatTheLedgerRemembers() {
        Tool stricter = ToolFixtures.tool("fs", "pay", Effect.ONCE, "{\"type\":\"object\",\"required\":[\"to\"]}");
        return Stream.of(
                catalogue(Map.of(), Map.of()),
                catalogue(Map.of(), Map.of("pay", "its schema does not compile")),
                catalogue(Map.of("pay", stricter), Map.of()),
                new CatalogueSnapshot(List.of()));
    }

    @Test
    void handle_afterItsToolVanished_isRejected_andStaysSoForThatRecordAlone() {
        CatalogueSnapshot known = calls.catalogue;
        calls.catalogue = catalogue(Map.of(), Map.of());
        InboundRecord record = Records.of(HandledCalls.PAY);
        assertThat(calls.handle(record)).isCompleted();
        assertThat(calls.onlyError().code()).isEqualTo(ErrorCode.UNKNOWN_TOOL.text());

        calls.catalogue = known;
        assertThat(calls.handle(record)).isCompleted();

        assertThat(calls.replies().get(1).status()).isEqualTo(Status.REJECTED);
        assertThat(calls.server.requests).isEmpty();
    }

    @Test
    void handle_unknownToolUnderTheIdOfAnotherCall_isNotAnsweredWithThatOnesResult() {
        assertThat(calls.handle(HandledCalls.PAY)).isCompleted();

        assertThat(calls.handle(HandledCalls.PAY.replace("pay", "nothing"))).isCompleted();

        assertThat(calls.replies().get(1).status()).isEqualTo(Status.REJECTED);
    }

    @Test
    void handle_refusedCallOfARepeatableTool_leavesTheLedgerAlone() {
        calls.catalogue = catalogue(
                Map.of("read", ToolFixtures.tool("fs", "read", Effect.READ, "{\"required\":[\"path\"]}")), Map.of());

        assertThat(calls.handle(HandledCalls.READ)).isCompleted();

        assertThat(calls.onlyReply().status()).isEqualTo(Status.REJECTED);
        assertThat(calls.effects.isUntouched()).isTrue();
    }

    @Test
    void handle_onceTool_isConcludedWhenItsReplyIsOnItsWay() {
        calls.effects.onAppend = entry -> {
            if (entry instanceof Concluded) {
                assertThat(calls.replies()).hasSize(1);
            }
        };

        assertThat(calls.handle(HandledCalls.PAY)).isCompleted();

        assertThat(calls.effects.isUntouched()).isFalse();
    }

    @Test
    void handle_lateWhileItsToolIsNotKnown_isExpired() {
        calls.catalogue = unread();
        calls.clock.advance(Duration.ofMinutes(10));

        assertThat(calls.handle(HandledCalls.PAY)).isCompleted();

        assertThat(calls.onlyReply().status()).isEqualTo(Status.EXPIRED);
    }

    private static CatalogueSnapshot catalogue(Map<String, Tool> tools, Map<String, String> disabled) {
        Condition well = new Condition(Health.HEALTHY, null);
        return new CatalogueSnapshot(List.of(new ServerTools("fs", well, true, tools, disabled)));
    }

    private static CatalogueSnapshot unread() {
        Condition down = new Condition(Health.UNHEALTHY, "connection refused");
        return new CatalogueSnapshot(List.of(new ServerTools("fs", down, false, Map.of(), Map.of())));
    }
}
