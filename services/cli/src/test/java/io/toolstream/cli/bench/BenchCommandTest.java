package io.toolstream.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.bench.BenchSettings;
import io.toolstream.bench.BenchSettings.Format;
import io.toolstream.bench.BenchSettings.Workload;
import io.toolstream.bench.SoakSettings;
import io.toolstream.bench.contender.Contender;
import io.toolstream.cli.CliRun;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

final class BenchCommandTest {
    private final Session session =
            new Session(new Console(System.out, System.err, System.in, Map.of(), false, false), endpoint -> {
                throw new AssertionError("a bench has its own way to the broker");
            });

    @Test
    void settings_withoutOptions_areTheDefaults() {
        assertThat(bench().settings()).isEqualTo(BenchSettings.DEFAULT);
        assertThat(soak().settings()).isEqualTo(SoakSettings.DEFAULT);
    }

    @Test
    void settings_followTheOptions() {
        BenchSettings settings = bench(
                        "--rate=100,1000",
                        "--rounds=3",
                        "--seconds=7",
                        "--only=floor,line,line-once,ack",
                        "--payload=1024",
                        "--client=linger.ms=1",
                        "--in-process",
                        "-o",
                        "json")
                .settings();

        assertThat(settings.workload()).isEqualTo(new Workload(List.of(), List.of(100, 1000), 1024));
        assertThat(settings.rounds().count()).isEqualTo(3);
        assertThat(settings.rounds().measure().time()).hasSeconds(7);
        assertThat(settings.contenders())
                .containsExactlyInAnyOrder(Contender.FLOOR, Contender.LINE, Contender.LINE_ONCE, Contender.ACK);
        assertThat(settings.kafka().clientProperties()).containsExactly(Map.entry("linger.ms", "1"));
        assertThat(settings.placement().inProcess()).isTrue();
        assertThat(settings.format()).isEqualTo(Format.JSON);
    }

    @Test
    void settings_thatMakeNoSense_areAUsageError() {
        CliRun cli = new CliRun(session.connector());

        CliRun.Result none = cli.run("bench", "--in-flight=0");
        CliRun.Result small = cli.run("bench", "soak", "--payload=3");

        assertThat(none.exitCode()).as(none.err()).isEqualTo(ExitCode.USAGE.number());
        assertThat(none.err()).contains("in flight: 0, must be positive");
        assertThat(small.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(small.err()).contains("payload: at least 48 bytes");
    }

    private BenchCommand bench(String... arguments) {
        BenchCommand command = new BenchCommand(session);
        new CommandLine(command, factory())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(arguments);
        return command;
    }

    private SoakCommand soak() {
        SoakCommand command = new SoakCommand(session);
        new CommandLine(command, factory())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs();
        return command;
    }

    /** The subcommands of the first command are made by their class. */
    private IFactory factory() {
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                if (type == SoakCommand.class) {
                    return type.cast(new SoakCommand(session));
                }
                return type == McpBenchCommand.class
                        ? type.cast(new McpBenchCommand(session))
                        : CommandLine.defaultFactory().create(type);
            }
        };
    }
}
