package io.toolstream.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.bench.BenchSettings;
import io.toolstream.bench.BenchSettings.Format;
import io.toolstream.bench.BenchSettings.Workload;
import io.toolstream.bench.IsolationSettings;
import io.toolstream.bench.OverloadSettings;
import io.toolstream.bench.SoakSettings;
import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.stub.Fault;
import io.toolstream.cli.CliRun;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
        assertThat(parse(new IsolationCommand(session)).settings()).isEqualTo(IsolationSettings.DEFAULT);
        assertThat(parse(new OverloadCommand(session)).settings()).isEqualTo(OverloadSettings.DEFAULT);
    }

    @Test
    void settings_ofIsolationAndOverload_followTheOptions() {
        IsolationSettings isolation = parse(
                        new IsolationCommand(session), "--fault=hung,dead", "--rounds=1", "--worker=mcp.pool.max=3")
                .settings();
        OverloadSettings overload = parse(new OverloadCommand(session), "--permits=4", "--percent=500", "--seconds=300")
                .settings();

        assertThat(isolation.faults()).containsExactly(Fault.HUNG, Fault.DEAD);
        assertThat(isolation.worker()).containsExactly(Map.entry("mcp.pool.max", "3"));
        assertThat(overload.permits()).isEqualTo(4);
        assertThat(overload.length()).hasMinutes(5);
    }

    @Test
    void settings_followTheOptions() {
        BenchSettings settings = bench(
                        "--rate=100,1000",
                        "--rounds=3",
                        "--seconds=7",
                        "--only=floor,line,line-once,ack",
                        "--payload=1024",
                        "--pause=2",
                        "--tool-time=10",
                        "--worker=mcp.pool.max=60",
                        "--client=linger.ms=1",
                        "--in-process",
                        "-o",
                        "json")
                .settings();

        assertThat(settings.workload())
                .isEqualTo(
                        new Workload(List.of(), List.of(100, 1000), 1024, Duration.ofMillis(2), Duration.ofMillis(10)));
        assertThat(settings.rounds().count()).isEqualTo(3);
        assertThat(settings.rounds().measure().time()).hasSeconds(7);
        assertThat(settings.contenders())
                .containsExactlyInAnyOrder(Contender.FLOOR, Contender.LINE, Contender.LINE_ONCE, Contender.ACK);
        assertThat(settings.kafka().clientProperties()).containsExactly(Map.entry("linger.ms", "1"));
        assertThat(settings.placement().inProcess()).isTrue();
        assertThat(settings.placement().worker()).containsExactly(Map.entry("mcp.pool.max", "60"));
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
        parse(command);
        return command;
    }

    private <T> T parse(T command, String... arguments) {
        new CommandLine(command, factory())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(arguments);
        return command;
    }

    /** The subcommands of the first command are made by their class. */
    private IFactory factory() {
        Map<Class<?>, Supplier<?>> commands = Map.of(
                SoakCommand.class, () -> new SoakCommand(session),
                IsolationCommand.class, () -> new IsolationCommand(session),
                OverloadCommand.class, () -> new OverloadCommand(session),
                McpBenchCommand.class, () -> new McpBenchCommand(session),
                CacheBenchCommand.class, () -> new CacheBenchCommand(session),
                MetricsBenchCommand.class, () -> new MetricsBenchCommand(session),
                ReplayBenchCommand.class, () -> new ReplayBenchCommand(session));
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                Supplier<?> known = commands.get(type);
                return known == null ? CommandLine.defaultFactory().create(type) : type.cast(known.get());
            }
        };
    }
}
