package io.toolstream.cli.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.call.CallWords.Assignment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallWordsTest {
    @Test
    void parse_serverToolAndArguments() {
        assertThat(CallWords.parse(List.of("fs", "read_file", "path=a=b", "lines:=[1, 2]", "empty=")))
                .isEqualTo(new CallWords(
                        "fs",
                        "read_file",
                        List.of(
                                new Assignment("path", "a=b", false),
                                new Assignment("lines", "[1, 2]", true),
                                new Assignment("empty", "", false))));
    }

    @Test
    void parse_oneNameForBoth() {
        assertThat(CallWords.parse(List.of("fs__read_file", "path=a")))
                .isEqualTo(new CallWords(null, "fs__read_file", List.of(new Assignment("path", "a", false))));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "fs,                      which tool of 'fs'?",
                "path=a,                  'path=a' is where the server is expected",
                "fs read_file README.md,  'README.md' is no argument: key=value expected",
                "fs read_file =x,         '=x' is no argument",
            })
    void parse_whatIsWrong_isSaidByName(String words, String message) {
        assertThatThrownBy(() -> CallWords.parse(List.of(words.split(" "))))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(message);
    }
}
