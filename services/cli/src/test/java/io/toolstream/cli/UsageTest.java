package io.toolstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slip on the command line is told in the words that its user has to type. */
final class UsageTest {
    private final CliRun cli = new CliRun(new FakePipeline(call -> new CompletableFuture<>()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "dead-letters ls --cuase 3f2a91c07be4| Unknown option: '--cuase', did you mean --cause?",
                "batch calls.jsonl --formta openai| did you mean --format?",
                "call --hlep| Unknown option: '--hlep'",
                "batch --dryrun| Unknown option: '--dryrun'",
                "dead-letters lss| no command 'lss'; did you mean ls?",
                "call demo echo --priority high| 'high' is none of interactive, batch, replay",
                "call demo echo --cache no| 'no' is none of use, bypass, refresh",
                "bench --only line-onec| stub, line, peer, ack, line-once, line-keyed, line-ordered,",
                "dev --port 99999| '99999' is no port: 0 to 65535 expected",
                "demo-server --port -1| '-1' is no port: 0 to 65535 expected",
                "topics create --partitions 0| partitions must be from 1 to 10000, is 0",
                "topics create --replication -1| replication must be from 1 to 100, is -1",
                "parked ls -o xml| 'xml' is none of table, json, jsonl",
                "batch calls.jsonl --timeout soon| 'soon' is no time: 500ms, 30s or 2m expected"
            })
    void mistake_isNamed_withWhatIsMeant(String words, String message) {
        CliRun.Result result = cli.run(words.split(" "));

        assertThat(result.err()).contains(message.strip());
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.out()).isEmpty();
    }
}
