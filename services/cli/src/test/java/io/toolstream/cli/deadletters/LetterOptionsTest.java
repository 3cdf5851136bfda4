package io.toolstream.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.cli.CliRun;
import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.client.deadletters.Deed;
import io.toolstream.wire.RecordPosition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class LetterOptionsTest {
    private static final String TOPIC = "a.dead-letters";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final PointInTime times = new PointInTime(() -> NOW);
    private final CliRun cli = new CliRun(endpoint -> {
        throw new AssertionError("nothing is to be connected");
    });

    @ParameterizedTest
    @ValueSource(strings = {"3@17", "a.dead-letters-3@17"})
    void letter_byEitherName_isFound(String name) {
        assertThat(LetterNames.parse(name, TOPIC)).isEqualTo(new RecordPosition(TOPIC, 3, 17));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3@", "@17", "b.dead-letters-3@17", "x@1", "9999999999@1"})
    void letter_byAnotherName_isRefused(String name) {
        assertThatThrownBy(() -> LetterNames.parse(name, TOPIC)).isInstanceOf(CommandFailure.class);
    }

    @ParameterizedTest
    @CsvSource({"2h, 2026-03-01T10:00:00Z", "2026-02-28T10:00:00Z, 2026-02-28T10:00:00Z"})
    void time_isAgoOrAMoment(String text, Instant expected) {
        assertThat(times.convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2h ago", "2026-13-01T10:00:00Z"})
    void time_thatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> times.convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @ParameterizedTest
    @CsvSource({"a.replies, true", "team, true", "b-1, true", "b, false", "team-x, false"})
    void replyTopics_areThoseOfTheSettings(String topic, boolean isPermitted) {
        assertThat(new ReplyTopics("a.replies", List.of("team", "b-*")).test(topic))
                .isEqualTo(isPermitted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "resolve", "replay --dry-run"})
    void command_withoutAWordOnWhichLetters_asksForOne(String words) {
        CliRun.Result result = cli.run(("dead-letters " + words).split(" ", -1));

        assertThat(result.err()).contains("--all");
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "replay --resume r1 --abandon r2; --abandon",
                "replay --resume r1 --rate 5 --server fs; --rate, --server",
                "replay --abandon r1 --all; --all",
                "replay --resume r1 --dry-run; --dry-run"
            })
    void replay_thatWasBegun_takesNothingElse(String words, String others) {
        CliRun.Result result = cli.run(("dead-letters " + words).split(" ", -1));

        assertThat(result.err()).contains("as it was begun: leave out " + others);
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @ParameterizedTest
    @CsvSource({
        "ls --code conect-failed, did you mean connect-failed?",
        "ls --code timeout, no call fails with the code 'timeout'",
        "replay --code Breaker_Open, did you mean breaker-open?",
        "resolve --code nonsense, no call fails with the code 'nonsense'"
    })
    void code_thatIsNone_isRefusedWithTheNearest(String words, String message) {
        CliRun.Result result = cli.run(("dead-letters " + words).split(" ", -1));

        assertThat(result.err()).contains(message);
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @ParameterizedTest
    @CsvSource({
        "ls --cause zzz, is no cause: 12 hex digits expected",
        "replay --cause 3F2A91C07BE4, is no cause",
        "ls --since 1h --until 2h, no call can be meant",
        "resolve --until 2026-03-01T10:00:00Z --since 2026-03-01T10:00:00Z, not before --until"
    })
    void filter_thatCanMeanNothing_isRefused(String words, String message) {
        CliRun.Result result = cli.run(("dead-letters " + words).split(" ", -1));

        assertThat(result.err()).contains(message);
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void arguments_ofAFileThatIsNotThere_areMissed() {
        CliRun.Result result = cli.run("dead-letters", "replay", "3@17", "--args", "@/nonexistent.json");

        assertThat(result.err()).contains("--args @/nonexistent.json cannot be read");
        assertThat(result.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT.number());
    }

    @Test
    void timeout_beyondWhatACallMayTake_isRefused() {
        CliRun.Result result = cli.run("dead-letters", "replay", "3@17", "--timeout", "25h");

        assertThat(result.err()).contains("--timeout is at most 1d");
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void deed_isToldInALine() {
        Deed sent = new Deed(0, "ann@host", "fs is back", new Deed.Sent("replay-1", "c9"));
        Deed resolved = new Deed(0, "bob", null, null);

        assertThat(LetterText.line(sent))
                .isEqualTo("1970-01-01T00:00:00Z sent again as c9 by ann@host (replay-1): fs is back");
        assertThat(LetterText.line(resolved)).isEqualTo("1970-01-01T00:00:00Z resolved by bob");
        assertThat(LetterText.members(sent)).containsEntry("id", "c9").containsEntry("what", "replayed");
    }

    @Test
    void arguments_thatAreNoObject_areRefused() {
        CliRun.Result result = cli.run("dead-letters", "replay", "3@17", "--args", "[1]");

        assertThat(result.err()).contains("a JSON object expected");
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }
}
