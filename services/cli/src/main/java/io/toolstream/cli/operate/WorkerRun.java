package io.toolstream.cli.operate;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.broker.Endpoint;
import io.toolstream.cli.broker.Reachability;
import io.toolstream.runtime.Lifecycle;
import io.toolstream.runtime.Shutdown;
import io.toolstream.runtime.logging.Logging;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.worker.Worker;
import io.toolstream.worker.WorkerException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** A worker from its start to a signal; SIGHUP has it read its settings again. */
final class WorkerRun {
    private static final Duration AFTER_DRAIN = Duration.ofSeconds(10);

    private WorkerRun() {}

    static ExitCode run(Console console, Loaded loaded, Supplier<Loaded> again) throws InterruptedException {
        ToolstreamSettings settings = loaded.settings().settings();
        Reachability.require(new Endpoint(
                settings.kafka().bootstrapServers(),
                "from the settings",
                settings.topics().prefix(),
                Map.of()));
        if (loaded.servers().isEmpty()) {
            console.err().println("toolstream: warning: no tool servers (--servers mcp.json): every call is rejected");
        }
        Duration limit = settings.worker()
                .drainTimeout()
                .plus(settings.admin().drainDelay())
                .plus(AFTER_DRAIN);
        Lifecycle lifecycle = new Lifecycle(limit);
        Shutdown shutdown = Shutdown.install(lifecycle);
        try {
            Logging.configure(settings.log());
            Worker worker = lifecycle.add("worker", Worker.start(settings, loaded.servers()), limit);
            Reload reload = new Reload(worker::reload, again, settings.log());
            lifecycle.add("reload signal", reload.listen(worker), AFTER_DRAIN);
            CompletionStage<Void> ready = worker.ready();
            ready.thenRun(() -> console.err().println("ready"));
            worker.adminAddress()
                    .ifPresent(admin ->
                            console.err().println("admin http://" + admin.getHostString() + ":" + admin.getPort()));
            worker.terminated().get();
            return ExitCode.OK;
        } catch (WorkerException e) {
            throw CommandFailure.of(ExitCode.UNREACHABLE, e);
        } catch (ExecutionException e) {
            throw new CommandFailure(ExitCode.INTERNAL, "the worker broke: " + CommandFailure.reason(e.getCause()));
        } finally {
            lifecycle.close();
            shutdown.close();
        }
    }
}
