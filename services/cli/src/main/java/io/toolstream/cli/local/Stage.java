package io.toolstream.cli.local;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.embedded.AllInOne;
import io.toolstream.embedded.AllInOneSettings;
import io.toolstream.embedded.broker.BrokerException;
import io.toolstream.runtime.Lifecycle;
import io.toolstream.runtime.Shutdown;
import io.toolstream.worker.WorkerException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A whole pipeline in this process, from its start to its end or to a signal: then it ends what is in flight. Tells on
 * standard error what it is doing.
 */
final class Stage implements AutoCloseable {
    private static final Duration AFTER_DRAIN = Duration.ofSeconds(20);
    private static final long READY_SECONDS = 60;

    private final Lifecycle lifecycle;
    private final Shutdown shutdown;
    private final AllInOne pipeline;

    private Stage(Lifecycle lifecycle, Shutdown shutdown, AllInOne pipeline) {
        this.lifecycle = lifecycle;
        this.shutdown = shutdown;
        this.pipeline = pipeline;
    }

    /** Blocks until calls are taken and the tools are known. */
    static Stage start(Console console, AllInOneSettings settings) throws InterruptedException {
        long startNanos = System.nanoTime();
        console.err().println("starting Kafka, a worker and " + named(settings) + " …");
        Duration limit = settings.settings().worker().drainTimeout().plus(AFTER_DRAIN);
        Lifecycle lifecycle = new Lifecycle(limit);
        Shutdown shutdown = Shutdown.install(lifecycle);
        try {
            AllInOne pipeline = lifecycle.add("pipeline", AllInOne.start(settings), limit);
            pipeline.ready().get(READY_SECONDS, TimeUnit.SECONDS);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
            console.err().printf("ready after %d.%d s%n", millis / 1_000, millis % 1_000 / 100);
            return new Stage(lifecycle, shutdown, pipeline);
        } catch (BrokerException | WorkerException e) {
            throw failed(lifecycle, shutdown, e);
        } catch (ExecutionException e) {
            throw failed(lifecycle, shutdown, e.getCause());
        } catch (TimeoutException e) {
            throw failed(lifecycle, shutdown, new IllegalStateException("not ready within " + READY_SECONDS + " s"));
        }
    }

    private static String named(AllInOneSettings settings) {
        int servers = settings.servers().size();
        return servers == 0 ? "the demo tool server" : servers == 1 ? "1 tool server" : servers + " tool servers";
    }

    private static CommandFailure failed(Lifecycle lifecycle, Shutdown shutdown, @Nullable Throwable why) {
        lifecycle.close();
        shutdown.close();
        return new CommandFailure(ExitCode.UNREACHABLE, "it does not start: " + CommandFailure.reason(why));
    }

    AllInOne pipeline() {
        return pipeline;
    }

    /** Takes over what is to be closed before the pipeline. */
    void add(String name, AutoCloseable part) {
        lifecycle.add(name, part, AFTER_DRAIN);
    }

    /** Blocks until a signal, or until a part breaks. */
    ExitCode await() throws InterruptedException {
        try {
            pipeline.terminated().get();
            return ExitCode.OK;
        } catch (ExecutionException e) {
            throw new CommandFailure(ExitCode.INTERNAL, "it broke: " + CommandFailure.reason(e.getCause()));
        }
    }

    @Override
    public void close() {
        lifecycle.close();
        shutdown.close();
    }
}
