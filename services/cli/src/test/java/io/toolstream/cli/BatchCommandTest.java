package io.toolstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.cli.json.JsonReader;
import io.toolstream.cli.json.JsonTree;
import io.toolstream.client.ToolCall;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyIdentity;
import io.toolstream.wire.ServedBy;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchCommandTest {
    @TempDir
    private Path folder;

    private Path input;
    private Path output;
    private int answered;
    private int endsAfter = Integer.MAX_VALUE;
    private FakePipeline pipeline = new FakePipeline(this::answer);

    @BeforeEach
    void name() {
        input = folder.resolve("calls.jsonl");
        output = folder.resolve("results.jsonl");
    }

    private CompletableFuture<Reply> answer(ToolCall call) {
        if (answered == endsAfter) {
            throw new CancellationException("as if it were interrupted");
        }
        return CompletableFuture.completedFuture(reply(answered++));
    }

    private static Reply reply(int number) {
        return new Reply(
                new ReplyIdentity("id-" + number, "c-" + number, "fs", "read_file", null, null, null),
                Status.OK,
                RawJson.ofText("{\"content\": [{\"type\":\"text\",\n\"text\":\"answer " + number + "\"}]}"),
                null,
                1,
                new ServedBy("w1", "none", null),
                new Timings(1, 2, 3),
                true);
    }

    @Test
    void batch_ofEveryFormOfLine_hasAResultForEachCallInOrder() throws Exception {
        write(
                "{\"server\":\"fs\",\"tool\":\"read_file\",\"arguments\":{\"path\":\"a\",\"n\":1.10}}",
                "",
                "{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"fs__read_file\",\"arguments\":\"{\\\"path\\\":\\\"b\\\"}\"}}",
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_2\",\"function\":{\"name\":\"x\",\"arguments\":\"\"}},{\"id\":\"call_3\",\"function\":{\"name\":\"y\",\"arguments\":\"{}\"}}]}",
                "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"z\",\"input\":{\"path\": \"c\"}}",
                "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Let me see\"},{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"q\",\"input\":{}}]}");

        CliRun.Result result = run("--server", "fs");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(lines("index")).containsExactly("0", "1", "2", "3", "4", "5");
        assertThat(lines("line")).containsExactly("1", "3", "4", "4", "5", "6");
        assertThat(pipeline.calls)
                .hasToString("[ToolCall[fs read_file], ToolCall[fs__read_file], ToolCall[fs x], ToolCall[fs y],"
                        + " ToolCall[fs z], ToolCall[fs q]]");
        assertThat(result.err()).contains("6 results: 6 ok");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void batch_wrongLines_areRejectedInTheirPlacesWithLineAndWhatWasExpected() throws Exception {
        write(
                "{\"tool\":\"fs__read_file\"}",
                "not json",
                "{\"role\":\"user\",\"content\":\"hello\"}",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"call_1\",\"function\":{\"arguments\":\"{}\"}},{\"id\":\"call_2\",\"function\":{\"name\":\"x\"}}]}",
                "{\"tool\":\"t\",\"idempotency_key\":\"k\"}",
                "{\"calls\":[]}",
                "[1]");

        CliRun.Result result = run();

        assertThat(lines("status"))
                .containsExactly("ok", "rejected", "rejected", "rejected", "ok", "rejected", "rejected", "rejected");
        assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(result.err().lines())
                .anyMatch(line -> line.contains("calls.jsonl:2: "))
                .anyMatch(
                        line -> line.contains("calls.jsonl:3: a message of role \"user\" without tool calls; expected"))
                .anyMatch(line -> line.contains("calls.jsonl:4: /tool_calls/0/function/name: the tool's name expected"))
                .anyMatch(line -> line.contains("calls.jsonl:5: ") && line.contains("idempotencyKey"))
                .anyMatch(line -> line.contains("calls.jsonl:6: /calls is the form of a record"))
                .anyMatch(line -> line.contains("calls.jsonl:7: found an array, a JSON object expected"));
        assertThat(Files.readString(output))
                .contains("\"code\":\"invalid-value\"", "\"code\":\"misspelt-field\"", "\"toolCallId\":\"call_1\"");
    }

    @Test
    void batch_withAServer_leavesNamesThatTellItToTheWorker_knownToTheCatalogueOrNot() throws Exception {
        write(
                "{\"tool\":\"fs__new\"}",
                "{\"tool\":\"mcp__fs__new\"}",
                "{\"tool\":\"fs/new\"}",
                "{\"tool\":\"web__fetch\"}",
                "{\"tool\":\"new__one\"}");

        run("--server", "fs");

        assertThat(pipeline.calls)
                .hasToString("[ToolCall[fs__new], ToolCall[mcp__fs__new], ToolCall[fs/new], ToolCall[web__fetch],"
                        + " ToolCall[fs new__one]]");
    }

    @Test
    void batch_withAServerThatIsNotThere_callsNothing() throws Exception {
        write(3);

        CliRun.Result result = run("--server", "fss");

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).contains("--server fss: there is no such tool server, did you mean fs?");
        assertThat(pipeline.calls).isEmpty();
    }

    @Test
    void batch_ofWhatIsNoLines_saysHowToMakeThem() throws Exception {
        write("[{\"tool\":\"a\"}]", "{", "\"tool\":\"a\"}");

        assertThat(run("--dry-run").err().lines())
                .anyMatch(line -> line.contains("calls.jsonl:1: found an array") && line.contains("jq -c '.[]'"))
                .anyMatch(line -> line.contains("calls.jsonl:2: ") && line.contains("\"jq -c .\""));
    }

    @Test
    void batch_afterAByteOrderMark_readsTheFirstLineToo() throws Exception {
        write("\ufeff{\"tool\":\"fs__read_file\"}", "{\"tool\":\"fs__read_file\"}");

        assertThat(run().exitCode()).isZero();
        assertThat(pipeline.calls).hasSize(2);
    }

    @Test
    void batch_intoAFolder_orOneThatIsNotThere_saysWhatIsWrongWithWhichFile() throws Exception {
        write(1);
        output = folder;
        CliRun.Result intoFolder = run();
        output = folder.resolve("missing").resolve("results.jsonl");
        CliRun.Result intoNowhere = run();

        assertThat(intoFolder.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(intoFolder.err()).contains(folder + " is a directory");
        assertThat(intoNowhere.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT.number());
        assertThat(intoNowhere.err()).contains(output + ".batch cannot be read or written: No such file or directory");
        assertThat(pipeline.calls).isEmpty();
    }

    @Test
    void batch_strict_callsNothingWhereALineIsWrong() throws Exception {
        write("{\"tool\":\"fs__read_file\"}", "nonsense");

        CliRun.Result result = run("--strict");

        assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(result.err()).contains("calls.jsonl:2:").contains("nothing was called");
        assertThat(pipeline.calls).isEmpty();
        assertThat(output).doesNotExist();
    }

    @Test
    void batch_dryRun_tellsWhatWouldBeCalledAndConnectsNowhere() throws Exception {
        write("{\"server\":\"fs\",\"tool\":\"a\"}", "{\"server\":\"fs\",\"tool\":\"a\"}", "{\"tool\":\"b\"}", "x");

        CliRun.Result result = run("--dry-run");

        assertThat(result.out()).isEqualTo("3 calls, 1 wrong; nothing was called\n  1  b\n  2  fs a\n");
        assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(pipeline.endpoints).isEmpty();
    }

    @Test
    void batch_openAi_writesMessagesOfRoleTool() throws Exception {
        write(
                "{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"a\",\"arguments\":\"{}\"}}",
                "{\"id\":\"call_2\",\"type\":\"function\",\"function\":{}}");

        run("--format", "openai");

        List<String> messages = Files.readAllLines(output);
        assertThat(messages.get(0))
                .isEqualTo("{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"answer 0\"}");
        assertThat(messages.get(1))
                .startsWith("{\"role\":\"tool\",\"tool_call_id\":\"call_2\",\"content\":\"rejected: ")
                .contains("/function/name");
    }

    @Test
    void batch_interruptedAndGivenAgain_goesOnWhereItWasUnderTheSameNames() throws Exception {
        write(10);
        endsAfter = 4;

        CliRun.Result first = run();
        assertThat(first.exitCode()).isEqualTo(ExitCode.INTERRUPTED.number());
        assertThat(first.err()).contains("the same command goes on: 4 results");
        assertThat(Files.readAllLines(output)).hasSize(4);
        String named = pipeline.calls.get(0).toString();
        endsAfter = Integer.MAX_VALUE;
        pipeline.calls.clear();

        CliRun.Result second = run();

        assertThat(second.exitCode()).isZero();
        assertThat(second.err()).contains("going on after 4 results").contains("10 results: 10 ok");
        assertThat(pipeline.calls).hasSize(6);
        assertThat(named).isNotEmpty();
        assertThat(lines("index")).isEqualTo(range(10));
    }

    @Test
    void batch_endedAtAnyByteOfItsResults_hasEachResultOnceInOrder() throws Exception {
        write(2);
        run();
        byte[] whole = Files.readAllBytes(output);
        for (int cut = 0; cut <= whole.length; cut++) {
            byte[] torn = Arrays.copyOf(whole, cut);
            Files.write(output, torn);
            pipeline.calls.clear();

            run();

            long kept = new String(torn, StandardCharsets.UTF_8)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            assertThat(pipeline.calls).as("cut at byte %s", cut).hasSize((int) (2 - kept));
            assertThat(lines("index")).as("cut at byte %s", cut).isEqualTo(range(2));
        }
    }

    @Test
    void batch_thatIsComplete_callsNothingAndEndsAsBefore() throws Exception {
        write("{\"tool\":\"fs__read_file\"}", "wrong");
        assertThat(run().exitCode()).isEqualTo(ExitCode.REFUSED.number());
        pipeline.calls.clear();

        CliRun.Result again = run();

        assertThat(again.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(pipeline.calls).isEmpty();
        assertThat(again.err()).contains("2 results: 1 ok, 1 rejected");
    }

    @Test
    void batch_ofAGrownInput_callsWhatIsNew() throws Exception {
        write(3);
        run();
        Files.writeString(input, "{\"tool\":\"fs__read_file\"}\n", StandardOpenOption.APPEND);
        pipeline.calls.clear();

        run();

        assertThat(pipeline.calls).hasSize(1);
        assertThat(lines("index")).isEqualTo(range(4));
    }

    @Test
    void batch_intoResultsOfOtherCalls_isRefused() throws Exception {
        write(3);
        run();
        write("{\"tool\":\"other\"}");

        CliRun.Result result = run();

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).contains("was begun with other calls");
        assertThat(Files.readAllLines(output)).hasSize(3);
    }

    @Test
    void batch_intoAFileThatIsNoneOfOurs_isRefused() throws Exception {
        write(1);
        Files.writeString(output, "precious\n");

        CliRun.Result result = run();

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(output).hasContent("precious");
        assertThat(pipeline.calls).isEmpty();
    }

    /** Under another id the calls that were under way would run a second time. */
    @Test
    void batch_whoseIdIsNotKnownAnyMore_isRefused() throws Exception {
        write(2);
        run();
        Files.writeString(folder.resolve("results.jsonl.batch"), "batch=");
        pipeline.calls.clear();

        CliRun.Result result = run();

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).contains("does not tell any more which batch").contains("remove both");
        assertThat(pipeline.calls).isEmpty();
        assertThat(Files.readAllLines(output)).hasSize(2);
    }

    @Test
    void batch_fromStandardInputToStandardOutput() throws Exception {
        CliRun.Result result =
                new CliRun(pipeline).input("{\"tool\":\"fs__read_file\"}").run("batch", "-");

        JsonTree line = JsonReader.read(result.out());
        assertThat(line.string("status")).contains("ok");
        assertThat(result.out().lines()).hasSize(1);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void batch_withAFailedTool_saysSoByItsExitCode() throws Exception {
        pipeline = new FakePipeline(call ->
                CompletableFuture.completedFuture(Replies.failure(Status.FAILED, ErrorCode.TIMED_OUT, "no answer")));
        write(2);

        assertThat(run().exitCode()).isEqualTo(ExitCode.TOOL_ERROR.number());
    }

    @Test
    void batch_ofAFileThatIsNotThere_saysSo() {
        CliRun.Result result = run();

        assertThat(result.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT.number());
        assertThat(result.err()).contains("calls.jsonl cannot be read: No such file or directory");
    }

    private CliRun.Result run(String... options) {
        List<String> words = new ArrayList<>(List.of("batch", input.toString(), "-o", output.toString()));
        words.addAll(List.of(options));
        return new CliRun(pipeline).run(words.toArray(String[]::new));
    }

    private void write(String... lines) throws IOException {
        Files.write(input, List.of(lines));
    }

    private void write(int calls) throws IOException {
        write(IntStream.range(0, calls)
                .mapToObj(number -> "{\"server\":\"fs\",\"tool\":\"read_file\",\"arguments\":{\"n\":" + number + "}}")
                .toArray(String[]::new));
    }

    /** A member of every result. */
    private List<String> lines(String member) throws IOException {
        return Files.readAllLines(output).stream()
                .map(line -> text(line, member))
                .toList();
    }

    private static String text(String line, String member) {
        try {
            return JsonReader.read(line).at(member).orElseThrow().text();
        } catch (Exception e) {
            throw new AssertionError(line, e);
        }
    }

    private static List<String> range(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.toList());
    }
}
