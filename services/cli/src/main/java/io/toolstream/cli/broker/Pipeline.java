package io.toolstream.cli.broker;

import io.toolstream.client.Acceptance;
import io.toolstream.client.BatchOptions;
import io.toolstream.client.Catalogue;
import io.toolstream.client.ParkedCalls;
import io.toolstream.client.ToolCall;
import io.toolstream.wire.Reply;
import java.util.concurrent.CompletableFuture;

/** The pipeline as commands use it. The futures complete like those of {@code ToolClient}. */
public interface Pipeline extends AutoCloseable {
    /** Begins to connect for calls, in the background: worth saying before something else takes its time. */
    void prepareCalls();

    CompletableFuture<Reply> call(ToolCall call);

    /** Sends a call whose reply nobody here waits for. */
    CompletableFuture<Acceptance> send(ToolCall call);

    /** Makes many calls; driven by whoever asks for their results. */
    BatchRun batch(Iterable<ToolCall> calls, BatchOptions options);

    /**
     * Servers and tools as the workers announced them; empty where none ever did. Blocks, for a few seconds at most.
     *
     * @throws io.toolstream.cli.CommandFailure where it cannot be read
     */
    Catalogue catalogue();

    /**
     * The calls that wait for their tool servers. Blocks until the topic is read.
     *
     * @throws io.toolstream.cli.CommandFailure where it cannot be read
     */
    ParkedCalls parked();

    @Override
    void close();

    /** Connects. Blocks, for a few seconds at most; throws {@code CommandFailure} where nothing answers. */
    @FunctionalInterface
    interface Connector {
        Pipeline connect(Endpoint endpoint);
    }
}
