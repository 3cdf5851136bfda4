package io.toolstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParkedCommandTest {
    private final CliRun cli = new CliRun(new FakePipeline(call -> new CompletableFuture<>()));

    @ParameterizedTest
    @CsvSource({"parked ls -o json, parked-ls.json", "parked ls -o jsonl, parked-ls.jsonl"})
    void output_isAsWrittenDown(String command, String golden) {
        CliRun.Result result = cli.run(command.split(" "));

        Golden.assertMatches(golden, result.out());
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void ls_countsByToolAndReason() {
        String out = cli.run("parked", "ls").out();

        assertThat(out.lines()).hasSize(3);
        assertThat(out.lines().skip(1))
                .anySatisfy(line ->
                        assertThat(line).matches("2 +fs +read_file +connect-failed +.* ago +since \\S+ +since \\S+"))
                .anySatisfy(line ->
                        assertThat(line).matches("1 +web +read_file +breaker-open +.* ago +since \\S+ +since \\S+"));
    }

    @Test
    void ls_withCalls_listsEach() {
        String out = cli.run("parked", "ls", "--each").out();

        assertThat(out.lines().skip(1))
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(line).matches("since \\S+ +since \\S+ +1 +(fs|web) +read_file +\\S+ +1 +c\\d"));
    }
}
