package io.toolstream.cli.operate;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.broker.Endpoint;
import io.toolstream.cli.broker.Reachability;
import io.toolstream.metrics.MetricsApp;
import io.toolstream.metrics.MetricsException;
import io.toolstream.runtime.Lifecycle;
import io.toolstream.runtime.Shutdown;
import io.toolstream.runtime.logging.Logging;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.worker.TopicLayout;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** The metrics app from its start to a signal. */
final class MetricsRun {
    private static final Duration LIMIT = Duration.ofSeconds(45);

    private MetricsRun() {}

    static ExitCode run(Console console, ToolstreamSettings settings) throws InterruptedException {
        Reachability.require(new Endpoint(
                settings.kafka().bootstrapServers(),
                "from the settings",
                settings.topics().prefix(),
                Map.of()));
        Lifecycle lifecycle = new Lifecycle(LIMIT);
        Shutdown shutdown = Shutdown.install(lifecycle);
        try {
            Logging.configure(settings.log());
            MetricsApp app = lifecycle.add(
                    "metrics app", MetricsApp.start(settings, TopicLayout.ofMetrics(settings.topics())), LIMIT);
            var unused = app.ready().thenRun(() -> console.err().println("ready"));
            app.adminAddress()
                    .ifPresent(admin ->
                            console.err().println("admin http://" + admin.getHostString() + ":" + admin.getPort()));
            app.terminated().get();
            return ExitCode.OK;
        } catch (MetricsException e) {
            throw CommandFailure.of(ExitCode.UNREACHABLE, e);
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    ExitCode.INTERNAL, "the metrics app broke: " + CommandFailure.reason(e.getCause()));
        } finally {
            lifecycle.close();
            shutdown.close();
        }
    }
}
