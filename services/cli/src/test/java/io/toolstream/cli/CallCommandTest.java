package io.toolstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.cli.broker.KafkaPipeline;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CallCommandTest {
    @Test
    void call_forPeople_putsTheAnswerOnOutAndTheRestOnErr() {
        CliRun.Result result = answering(Replies.ok("hello")).run("call", "fs", "read_file", "path=a");

        assertThat(result.out()).isEqualTo("hello\n");
        assertThat(result.err()).isEqualTo("ok  fs read_file  11 ms (queue 2, execute 9), worker w1\n");
        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"json, call-ok.json", "jsonl, call-ok.jsonl"})
    void call_forPrograms_printsTheReplyAsItStandsOnTheTopic(String format, String golden) {
        CliRun.Result result = answering(Replies.ok("hello")).run("call", "fs", "read_file", "path=a", "-o", format);

        Golden.assertMatches(golden, result.out());
        assertThat(result.err()).isEmpty();
    }

    @Test
    void call_thatIsAskedBack_saysHowToAnswer() {
        Reply asked = Replies.reply(Status.INPUT_REQUIRED, RawJson.ofText("{\"inputRequests\":{\"name\":{}}}"), null);

        CliRun.Result result = answering(asked).run("call", "fs", "read_file", "path=a");

        assertThat(result.out()).contains("inputRequests");
        assertThat(result.err())
                .contains("input_required")
                .contains("--input-responses")
                .contains("--request-state");
        assertThat(result.exitCode()).isEqualTo(ExitCode.TOOL_ERROR.number());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--input-responses | [1] | --input-responses: a JSON object expected",
                "--input-responses | { | --input-responses is not JSON",
                "--input-responses | @missing.json | --input-responses @missing.json cannot be read",
                "--idempotency-key | '' | --idempotency-key: a key expected",
                "--ordering-key | '' | --ordering-key: a key expected"
            })
    void call_withAWishThatCannotBe_saysWhichAndConnectsNowhere(String option, String value, String message) {
        FakePipeline pipeline = new FakePipeline(call -> CompletableFuture.completedFuture(Replies.ok("hello")));

        CliRun.Result result = new CliRun(pipeline).run("call", "fs", "read_file", option, value);

        assertThat(result.err()).contains(message);
        assertThat(result.exitCode()).isIn(ExitCode.USAGE.number(), ExitCode.INPUT_OUTPUT.number());
        assertThat(pipeline.endpoints).isEmpty();
    }

    @Test
    void call_ofAnEmptyName_isASlip() {
        assertThat(answering(Replies.ok("hello")).run("call", "", "read_file").err())
                .contains("the name of the server is empty");
        assertThat(answering(Replies.ok("hello")).run("call", "fs", "").err())
                .contains("the name of the tool is empty");
    }

    @Test
    void call_rejected_forPrograms_isAReplyToo() {
        Reply reply = Replies.failure(ErrorCode.UNKNOWN_TOOL, "no tool 'read_fiel', did you mean read_file?");

        CliRun.Result result = answering(reply).run("call", "fs", "read_fiel", "-o", "json");

        Golden.assertMatches("call-rejected.json", result.out());
        assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED.number());
    }

    @Test
    void call_rejected_forPeople_saysWhyOnErr() {
        Reply reply = Replies.failure(ErrorCode.UNKNOWN_TOOL, "no tool 'read_fiel', did you mean read_file?");

        CliRun.Result result = answering(reply).run("call", "fs", "read_fiel");

        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("rejected  fs read_file")
                .contains("did you mean read_file?")
                .contains("nothing ran");
    }

    @Test
    void call_hostileAnswer_doesNotReachTheTerminal() {
        assertThat(answering(Replies.ok("\\u001b[2J"))
                        .run("call", "fs", "read_file")
                        .out())
                .isEqualTo("\\e[2J\n");
    }

    @ParameterizedTest
    @CsvSource({
        "OK, 0",
        "TOOL_ERROR, 1",
        "REJECTED, 3",
        "UNAVAILABLE, 3",
        "EXPIRED, 4",
        "FAILED, 1",
        "IN_DOUBT, 1",
        "CANCELLED, 130",
        "INPUT_REQUIRED, 1"
    })
    void exitCode_followsTheStatus(Status status, int exitCode) {
        Reply reply = Replies.failure(status, ErrorCode.CONNECTION_LOST, "x");

        assertThat(answering(reply).run("call", "fs", "read_file").exitCode()).isEqualTo(exitCode);
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void exitCode_ofFailedByTime_isThatOfTime(Status status) {
        Reply reply = Replies.failure(status, ErrorCode.TIMED_OUT, "x");
        int exitCode = answering(reply).run("call", "fs", "read_file").exitCode();

        assertThat(exitCode == 4).isEqualTo(status == Status.FAILED || status == Status.EXPIRED);
    }

    @Test
    void call_argumentsFromStandardInput() {
        FakePipeline pipeline = new FakePipeline(call -> CompletableFuture.completedFuture(Replies.ok("x")));

        int exitCode = new CliRun(pipeline)
                .input("{\"path\": 1.0}")
                .run("call", "fs", "read_file", "--args", "-")
                .exitCode();

        assertThat(exitCode).isZero();
        assertThat(pipeline.calls).hasSize(1);
        assertThat(pipeline.isClosed).isTrue();
    }

    @Test
    void call_async_printsTheIdAndDoesNotWait() {
        CliRun cli = new CliRun(new FakePipeline(call -> new CompletableFuture<>()));

        assertThat(cli.run("call", "fs", "read_file", "--async").out()).isEqualTo("id-1\n");
        Golden.assertMatches(
                "call-async.json",
                cli.run("call", "fs", "read_file", "--async", "-o", "json").out());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "call,                                        Missing required parameter",
                "call fs read_file lines=abc,                 lines=abc: the tool expects integer",
                "call fs read_file a=b --args {},             \"either --args or key=value, not both\"",
                "call fs read_file --args [1],                a JSON object expected",
                "call fs read_file --args {a:1},               \"--args is not JSON, line 1, column 2\"",
                "call fs read_file --args {,                   \"Unexpected end-of-input: expected close marker for Object\"",
                "call fs read_file --timeout soon,            'soon' is no time",
                "call fs read_file --timout 3s,               Unknown option: '--timout'",
                "call fs read_file -o xml,                    is none of table",
                "cal fs read_file,                            no command 'cal'; did you mean call",
                "tools lss,                                   no command 'lss'; did you mean ls",
            })
    void commandLine_thatIsWrong_saysWhatAndExitsWith2(String command, String message) {
        FakePipeline pipeline = new FakePipeline(call -> new CompletableFuture<>());

        CliRun.Result result = new CliRun(pipeline).run(command.split(" "));

        assertThat(result.err()).contains(message).doesNotContain("Exception", "\tat ", "REDACTED");
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(pipeline.calls).isEmpty();
    }

    @Test
    void argumentsFile_isReadAsItIs(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), "{\n  \"path\": \"a 'b' # c\",\n  \"n\": 1.10\n}\n");
        FakePipeline pipeline = new FakePipeline(call -> CompletableFuture.completedFuture(Replies.ok("x")));

        CliRun.Result result = new CliRun(pipeline).run("call", "fs", "read_file", "--args", "@" + file);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(pipeline.calls).hasSize(1);
    }

    @Test
    void argumentsFile_thatIsAFolder_isSaidByName(@TempDir Path folder) {
        CliRun.Result result = answering(Replies.ok("x")).run("call", "fs", "read_file", "--args", "@" + folder);

        assertThat(result.err()).contains("--args @" + folder + " cannot be read: Is a directory");
        assertThat(result.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT.number());
    }

    @Test
    void tenant_withoutAName_isAUsageError() {
        FakePipeline pipeline = new FakePipeline(call -> new CompletableFuture<>());

        CliRun.Result result = new CliRun(pipeline).run("call", "fs", "read_file", "--tenant", "");

        assertThat(result.err()).contains("--tenant: a name expected");
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(pipeline.calls).isEmpty();
    }

    @Test
    void argumentsFile_thatIsMissing_isSaidByName() {
        CliRun.Result result = answering(Replies.ok("x")).run("call", "fs", "read_file", "--args", "@/no/such.json");

        assertThat(result.err()).contains("/no/such.json");
        assertThat(result.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT.number());
    }

    @Test
    void broker_thatIsNotThere_isSaidInOneBreathAndExitsWith5() {
        CliRun cli = new CliRun(endpoint -> KafkaPipeline.connect(endpoint, Map.of()));

        CliRun.Result result = cli.run("call", "fs", "read_file", "--bootstrap", "127.0.0.1:1");

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNREACHABLE.number());
        assertThat(result.err().lines()).hasSize(2).first().asString().contains("127.0.0.1:1 (from --bootstrap)");
    }

    @Test
    void broker_isFoundByFlagThenVariableThenDefault() {
        FakePipeline pipeline = new FakePipeline(call -> CompletableFuture.completedFuture(Replies.ok("x")));

        new CliRun(pipeline).run("call", "fs", "read_file");
        new CliRun(pipeline).environment("TOOLSTREAM_BOOTSTRAP", "env:1").run("call", "fs", "read_file");
        new CliRun(pipeline)
                .environment("TOOLSTREAM_BOOTSTRAP", "env:1")
                .run("call", "fs", "read_file", "--bootstrap", "flag:1");
        new CliRun(pipeline)
                .environment("TOOLSTREAM_KAFKA__BOOTSTRAP_SERVERS", "set:1")
                .run("tools", "ls");

        assertThat(pipeline.endpoints)
                .extracting(Object::toString)
                .containsExactly(
                        "localhost:9092 (the default)",
                        "env:1 (from $TOOLSTREAM_BOOTSTRAP)",
                        "flag:1 (from --bootstrap)",
                        "set:1 (from environment TOOLSTREAM_KAFKA__BOOTSTRAP_SERVERS)");
    }

    private static CliRun answering(Reply reply) {
        return new CliRun(new FakePipeline(call -> CompletableFuture.completedFuture(reply)));
    }
}
