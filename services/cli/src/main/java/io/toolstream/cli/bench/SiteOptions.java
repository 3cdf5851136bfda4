package io.toolstream.cli.bench;

import io.toolstream.bench.BenchSettings.KafkaLayout;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.BenchSettings.Workload;
import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a bench runs on. */
final class SiteOptions {
    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka to use. Otherwise a broker of the bench's own.")
    private @Nullable String bootstrap;

    @Option(names = "--partitions", paramLabel = "N", description = "Of the calls and the replies topic. Default: 24.")
    private int partitions = KafkaLayout.DEFAULT.partitions();

    @Option(
            names = "--client",
            paramLabel = "NAME=VALUE",
            description = "A Kafka client property, for all contenders alike. May be repeated.")
    private Map<String, String> client = Map.of();

    @Option(names = "--payload", paramLabel = "BYTES", description = "Size of each call's arguments. Default: 256.")
    private int payloadBytes = Workload.DEFAULT.payloadBytes();

    @Option(names = "--worker-heap", paramLabel = "MIB", description = "-Xmx of each far side's process. Default: 128.")
    private int workerHeapMiB = Placement.DEFAULT.workerHeapMiB();

    @Option(
            names = "--in-process",
            description = "Run everything in this process instead of broker, stub and far sides in their own.")
    private boolean inProcess;

    /** What the settings refuse is a wrong command line. */
    static <T> T checked(Supplier<T> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    KafkaLayout kafka() {
        return new KafkaLayout(bootstrap, partitions, client);
    }

    int payloadBytes() {
        return payloadBytes;
    }

    int workerHeapMiB() {
        return workerHeapMiB;
    }

    boolean isInProcess() {
        return inProcess;
    }
}
