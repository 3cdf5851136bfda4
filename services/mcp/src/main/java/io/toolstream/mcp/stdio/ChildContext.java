package io.toolstream.mcp.stdio;

import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.StdioSettings;
import io.toolstream.mcp.json.RpcReader;
import io.toolstream.mcp.transport.Anomalies;
import io.toolstream.mcp.transport.Outbound;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What all children of one server have in common. Any thread. */
final class ChildContext {
    private final String name;
    private final ChildCommand command;
    private final McpClientSettings settings;
    private final ScheduledExecutorService timer;
    private final Anomalies anomalies = new Anomalies();
    private final Consumer<Child> onEnd;
    private final RpcReader reader;
    private final LongAdder establishNanos = new LongAdder();

    /** @param onEnd a child is of no use any more */
    ChildContext(
            String name,
            ChildCommand command,
            McpClientSettings settings,
            ScheduledExecutorService timer,
            Consumer<Child> onEnd) {
        this.name = name;
        this.command = command;
        this.settings = settings;
        this.timer = timer;
        this.onEnd = onEnd;
        this.reader = new RpcReader(settings.answers().depth());
    }

    ChildCommand command() {
        return command;
    }

    StdioSettings settings() {
        return settings.stdio();
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    Anomalies anomalies() {
        return anomalies;
    }

    RpcReader reader() {
        return reader;
    }

    /** A line may be any answer, so the largest one decides. */
    int lineBytes() {
        int largest =
                Math.max(settings.answers().resultBytes(), settings.answers().pageBytes());
        return Outbound.messageBytes(largest);
    }

    void ended(Child child) {
        onEnd.accept(child);
    }

    /** A child has said its first word. */
    void established(long nanos) {
        establishNanos.add(nanos);
    }

    long establishNanos() {
        return establishNanos.sum();
    }

    /** Starts one of a child's daemon threads. */
    void start(String suffix, Runnable task) {
        Thread thread = new Thread(task, "stdio-" + name + "-" + suffix);
        thread.setDaemon(true);
        thread.start();
    }
}
