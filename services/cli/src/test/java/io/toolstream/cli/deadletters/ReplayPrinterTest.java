package io.toolstream.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.OutputOption.Format;
import io.toolstream.client.deadletters.LetterGroup;
import io.toolstream.client.deadletters.Refused;
import io.toolstream.client.deadletters.ReplayPreview;
import io.toolstream.client.deadletters.ReplayReport;
import io.toolstream.client.deadletters.ReplayReport.End;
import io.toolstream.client.deadletters.ReplayReport.Ending;
import io.toolstream.client.deadletters.Verdict;
import io.toolstream.wire.RecordPosition;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplayPrinterTest {
    private static final Refused GONE =
            new Refused("team.calls", "there is no topic team.calls", 2, new RecordPosition("d", 1, 7));
    private static final Map<Verdict, Long> LEFT_OUT = Map.of(Verdict.REPLAYED_BEFORE, 4L, Verdict.CANNOT_BE_SENT, 2L);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            InputStream.nullInputStream(),
            Map.of(),
            false,
            false);

    private static ReplayPreview preview() {
        Map<Verdict, Long> counts =
                Map.of(Verdict.SENT_AGAIN, 3L, Verdict.REPLAYED_BEFORE, 4L, Verdict.CANNOT_BE_SENT, 2L);
        LetterGroup group = new LetterGroup("abc", "timed-out", "fs", "no answer", 3, 0, 1_000, Map.of("read", 3L));
        return new ReplayPreview(counts, List.of(group), List.of(GONE));
    }

    private static ReplayReport report(Ending ending) {
        String why = ending == Ending.ALL_SENT ? null : "it is so";
        return new ReplayReport("replay-1", 3, 3, LEFT_OUT, List.of(GONE), new End(ending, why));
    }

    private String outLine() {
        return out.toString(UTF_8).strip();
    }

    @Test
    void dryRun_forPrograms_hasTheCountsOfTheText() {
        new ReplayPrinter(console, Format.JSONL, 10).print(preview());

        assertThat(outLine())
                .isEqualTo("{\"dryRun\":true,\"planned\":3,\"leftOut\":{\"resolved\":0,\"replayedBefore\":4,"
                        + "\"inAnotherReplay\":0,\"replayedTooOften\":0,\"needsConfirmation\":0,\"unreadable\":0,"
                        + "\"cannotBeSent\":2},\"notFound\":1,\"refused\":[{\"topic\":\"team.calls\","
                        + "\"why\":\"there is no topic team.calls\",\"letters\":2,\"first\":\"d-1@7\"}],"
                        + "\"groups\":[{\"cause\":\"abc\",\"code\":\"timed-out\",\"server\":\"fs\","
                        + "\"message\":\"no answer\",\"count\":3,\"first\":\"1970-01-01T00:00:00Z\","
                        + "\"last\":\"1970-01-01T00:00:01Z\",\"tools\":{\"read\":3}}]}");
        assertThat(err.size()).isZero();

        new ReplayPrinter(console, Format.TABLE, 10).print(preview());

        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "would be sent again: 3",
                        "left out, replayed before: 4",
                        "left out, cannot be sent: 2",
                        "2 of topic team.calls, the first d-1@7: there is no topic team.calls",
                        "not there, or not meant by the other options: 1 of the letters named");
    }

    @Test
    void report_forPrograms_hasTheCountsOfTheText() {
        new ReplayPrinter(console, Format.JSONL, 0).print(report(Ending.SOME_REFUSED));

        assertThat(outLine())
                .startsWith("{\"dryRun\":false,\"replay\":\"replay-1\",\"planned\":3,\"sent\":3,\"leftOut\":{")
                .contains("\"replayedBefore\":4", "\"cannotBeSent\":2", "\"notFound\":0")
                .endsWith("\"ending\":\"someRefused\",\"stoppedBecause\":\"it is so\",\"canBeResumed\":false}");
        assertThat(err.toString(UTF_8)).startsWith("toolstream: it is so");

        new ReplayPrinter(console, Format.TABLE, 0).print(report(Ending.SOME_REFUSED));

        assertThat(err.toString(UTF_8))
                .contains("sent: 3 of 3", "left out, replayed before: 4", "left out, cannot be sent: 2");
    }

    @Test
    void json_isOneValueOnSeveralLines() {
        new ReplayPrinter(console, Format.JSON, 0).print(report(Ending.ALL_SENT));

        assertThat(outLine()).startsWith("{\n  \"dryRun\": false,").endsWith("\n  \"canBeResumed\": false\n}");
        assertThat(err.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "ALL_SENT, OK, ''",
        "SOME_REFUSED, REFUSED, make or permit the topic",
        "TRIAL_FAILED, TOOL_ERROR, what came of the trial",
        "INTERRUPTED, INTERRUPTED, --resume replay-1",
        "CANNOT_SEND, UNREACHABLE, --resume replay-1"
    })
    void ending_isAnExitCodeAndWhatToDo(Ending ending, ExitCode code, String hint) {
        assertThat(new ReplayPrinter(console, Format.TABLE, 0).printResumed(report(ending)))
                .isEqualTo(code);
        assertThat(err.toString(UTF_8)).contains(hint);
    }
}
