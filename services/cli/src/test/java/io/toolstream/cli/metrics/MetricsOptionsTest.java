package io.toolstream.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.cli.CliRun;
import io.toolstream.cli.ExitCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a command line is said at once: a filter that nothing passes would look like silence. */
final class MetricsOptionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "metrics tail --scope tols| 'tols' is none of total, server, tool",
                "metrics tail --window 7s| '7s' is no length of a window: 10s, 1m or 5m expected",
                "metrics tail --since soon| 'soon' is no time",
                "metrics tail -o json| 'json' is none of jsonl",
                "metrics top --rows 0| --rows 0: at least 1 expected",
                "metrics top --rows -5 --once| --rows -5: at least 1 expected"
            })
    void option_thatMakesNoSense_isAUsageError(String words, String message) {
        CliRun.Result result = new CliRun(endpoint -> {
                    throw new AssertionError("nothing is to be connected");
                })
                .run(words.split(" "));

        assertThat(result.err()).contains(message);
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.out()).isEmpty();
    }
}
