package io.toolstream.worker;

import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A running worker. Any thread may ask; whoever started it closes it. */
@SuppressWarnings("DoNotCallSuggester") // the bodies are still to come
public final class Worker implements AutoCloseable {
    private Worker() {}

    /**
     * Starts a worker. Blocks until its topics are checked, not until it is {@link #ready()}.
     *
     * @throws WorkerException if the brokers cannot be reached, topics are not as needed, or a part cannot start
     */
    public static Worker start(ToolstreamSettings settings, List<ServerEntry> servers) {
        throw new UnsupportedOperationException("not yet: " + settings.worker().id() + " for " + servers.size());
    }

    /** Completes when partitions are assigned and every tool server's tools were read or given up waiting for. */
    public CompletableFuture<Void> ready() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Completes when the worker takes no more calls: normally after {@code close}, exceptionally after a failure. */
    public CompletableFuture<Void> terminated() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Where probes and metrics are, if they are enabled. */
    public Optional<InetSocketAddress> adminAddress() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Stops taking calls, ends those in flight within {@code drain}, commits, and ends everything else. True if drained. */
    public boolean close(Duration drain) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Closes within the settings' drain time. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("not yet");
    }
}
