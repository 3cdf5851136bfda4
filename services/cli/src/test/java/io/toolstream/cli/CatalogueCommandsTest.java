package io.toolstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueCommandsTest {
    private final CliRun cli = new CliRun(new FakePipeline(call -> new CompletableFuture<>()));

    @ParameterizedTest
    @CsvSource({
        "tools ls -o json,               tools-ls.json",
        "tools ls -o jsonl,              tools-ls.jsonl",
        "tools ls,                       tools-ls.txt",
        "tools show fs read_file -o json, tools-show.json",
        "tools show fs read_file,        tools-show.txt",
        "servers ls -o json,             servers-ls.json",
        "servers ls -o jsonl,            servers-ls.jsonl",
        "servers ls,                     servers-ls.txt",
    })
    void output_isAsWrittenDown(String command, String golden) {
        CliRun.Result result = cli.run(command.split(" "));

        Golden.assertMatches(golden, result.out());
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void toolsLs_ofOneServer_listsOnlyIts() {
        assertThat(cli.run("tools", "ls", "web").out()).contains("fetch").doesNotContain("read_file");
    }

    @Test
    void names_thatAreUnknown_areAnsweredWithTheNearest() {
        CliRun.Result server = cli.run("tools", "ls", "fss");
        CliRun.Result tool = cli.run("tools", "show", "fs", "read_fiel");

        assertThat(server.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(server.err()).contains("no tool server 'fss', did you mean fs?");
        assertThat(tool.err()).contains("no tool 'read_fiel' on server 'fs', did you mean read_file?");
        assertThat(server.out() + tool.out()).isEmpty();
    }
}
