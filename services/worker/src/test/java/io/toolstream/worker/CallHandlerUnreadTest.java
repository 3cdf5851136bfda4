package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Header;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.Records;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that came back from the parked topic though what was noted of them there cannot be read. */
final class CallHandlerUnreadTest {
    private static final Header UNREAD = Records.header(HeaderNames.UNREAD, "missing-field");

    private final HandledCalls calls = new HandledCalls();

    @AfterEach
    void stop() {
        calls.close();
    }

    @Test
    void handle_callThatCameBackUnread_isAnsweredWhereItsHeadersSayAndKeptAndNotRun() {
        assertThat(calls.handle(
                        HandledCalls.READ,
                        Records.header("correlation-id", "mine"),
                        Records.header("reply-to", "svc.replies"),
                        UNREAD))
                .isCompleted();

        assertThat(calls.server.requests).isEmpty();
        assertThat(calls.broker.sentTo("svc.replies")).hasSize(1);
        assertThat(calls.onlyReply().identity().correlationId()).isEqualTo("mine");
        assertThat(calls.onlyReply().status()).isEqualTo(Status.FAILED);
        assertThat(calls.onlyError().code()).isEqualTo(ErrorCode.INTERNAL.text());
        assertThat(calls.onlyError().message()).contains("parked", "missing-field");
        assertThat(calls.onlyError().mayHaveRun()).isEqualTo(MayHaveRun.MAYBE);
        assertThat(calls.onlyDeadLetter().original().value()).isEqualTo(HandledCalls.READ.getBytes(UTF_8));
    }

    @Test
    void handle_bytesThatAreNoCall_areAnsweredWhereTheirHeadersSayAndKept() {
        assertThat(calls.handle("\u0000\u0001", Records.header("correlation-id", "mine"), UNREAD))
                .isCompleted();

        assertThat(calls.onlyReply().identity().correlationId()).isEqualTo("mine");
        assertThat(calls.onlyError().code()).isEqualTo(ErrorCode.INTERNAL.text());
        assertThat(calls.onlyDeadLetter().original().value()).isEqualTo("\u0000\u0001".getBytes(UTF_8));
    }

    @Test
    void handle_membersThatCameBackUnread_areAllAnsweredAndTheRecordIsClosed() {
        String record = "{\"id\":\"b\",\"calls\":[" + HandledCalls.READ + "," + HandledCalls.PAY + "]}";

        assertThat(calls.handle(record, UNREAD)).isCompleted();

        assertThat(calls.server.requests).isEmpty();
        assertThat(calls.replies()).hasSize(2).allMatch(reply -> reply.status() == Status.FAILED);
        assertThat(calls.deadLetters()).hasSize(2);
        assertThat(HandledCalls.closing(calls.broker
                                .sentTo(HandledCalls.TOPICS.replies())
                                .get(2))
                        .counts())
                .containsEntry(Status.FAILED, 2);
    }

    /** The header's content is whoever's who wrote it. */
    @Test
    void handle_headerThatIsNoWordOfOurs_isNotRepeated() {
        assertThat(calls.handle(HandledCalls.READ, Records.header(HeaderNames.UNREAD, "a secret, perhaps")))
                .isCompleted();

        assertThat(calls.onlyError().message()).doesNotContain("secret");
    }
}
