package io.toolstream.embedded;

import io.toolstream.metrics.MetricsApp;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.worker.TopicLayout;
import io.toolstream.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics app in the process of a worker, which does not wait for it: it starts a moment after the worker is ready, so that
 * loading its classes slows neither the start nor the first calls. Without it calls go on; the log tells why. Any thread;
 * closing blocks.
 */
final class MetricsBeside implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetricsBeside.class);
    private static final Duration AFTER_READY = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final CompletableFuture<MetricsApp> app;
    private volatile boolean isClosed;

    private MetricsBeside(ToolstreamSettings settings, Worker worker) {
        Executor later = CompletableFuture.delayedExecutor(
                AFTER_READY.toMillis(), TimeUnit.MILLISECONDS, task -> new Thread(task, "metrics-start").start());
        this.app = worker.ready().thenApplyAsync(ready -> start(settings, worker), later);
        var unused = app.exceptionally(failure -> {
            if (!isClosed) {
                log.warn("the metrics app did not start, nothing is counted: {}", failure.getMessage());
            }
            return null;
        });
    }

    static MetricsBeside begin(ToolstreamSettings settings, Worker worker) {
        return new MetricsBeside(settings, worker);
    }

    private MetricsApp start(ToolstreamSettings settings, Worker worker) {
        if (isClosed) {
            throw new IllegalStateException("closed before it began");
        }
        return MetricsApp.startBeside(settings, TopicLayout.ofMetrics(settings.topics()), worker.adminActions());
    }

    /** Completes when it counts; exceptionally if it could not start. */
    CompletableFuture<Void> ready() {
        return app.thenCompose(MetricsApp::ready);
    }

    /** Waits for one that is starting. */
    @Override
    public void close() {
        isClosed = true;
        try {
            app.thenAccept(MetricsApp::close).get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            log.debug("there was no metrics app to close", e);
        } catch (TimeoutException e) {
            log.warn("the metrics app did not close within {} s", CLOSE_TIMEOUT.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
