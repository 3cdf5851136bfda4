package io.toolstream.cli.local;

import io.toolstream.cli.Logs;
import io.toolstream.cli.PortConverter;
import io.toolstream.cli.Session;
import io.toolstream.cli.operate.Loaded;
import io.toolstream.cli.operate.SettingsOptions;
import io.toolstream.embedded.AllInOneSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything in one process, to develop against. */
@Command(
        name = "dev",
        description = "Run Kafka, a worker and tool servers in this process until Ctrl-C.",
        footer = {
            "",
            "Without --servers the demo tool server is started. The other commands of the same user find it by themselves.",
            "SIGHUP, or POST /reload of the admin endpoint, has the worker read settings and tool servers again.",
            "Ctrl-C ends what is in flight first. So does SIGTERM: the only way where a script started it with &, since shells"
                    + " let such processes ignore Ctrl-C."
        })
public final class DevCommand implements Callable<Integer> {
    private static final int USUAL_PORT = 9092;

    private final Session session;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keep topics and offsets there. Otherwise they are gone at the end.")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = PortConverter.class,
            description = "Kafka's port on 127.0.0.1; another is taken when it is busy. Default: 9092.")
    private int port = USUAL_PORT;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    public DevCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Supplier<Loaded> source = () -> options.load(session.console());
        Loaded loaded = source.get();
        AllInOneSettings settings = new AllInOneSettings(
                        loaded.settings().settings(), loaded.servers(), dataDirectory, port)
                .withRedis()
                .withMetrics();
        Logs.ofPipeline(loaded.settings());
        return Dev.run(session.console(), settings, source).number();
    }
}
