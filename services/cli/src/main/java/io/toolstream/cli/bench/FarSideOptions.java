package io.toolstream.cli.bench;

import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** How the tool and the worker of a bench differ from the usual ones. */
final class FarSideOptions {
    @Option(
            names = "--tool-time",
            paramLabel = "MS",
            description =
                    "Median of the tool's time, which is spread by a log-normal law. Default: 0, it answers at once.")
    private int toolMillis;

    @Option(
            names = "--worker",
            paramLabel = "KEY=VALUE",
            description = "A setting of the worker that is not the default. May be repeated.")
    private Map<String, String> worker = Map.of();

    Duration toolTime() {
        return Duration.ofMillis(toolMillis);
    }

    Map<String, String> worker() {
        return worker;
    }
}
