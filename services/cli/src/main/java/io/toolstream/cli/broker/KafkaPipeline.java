package io.toolstream.cli.broker;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.client.Acceptance;
import io.toolstream.client.Catalogue;
import io.toolstream.client.CatalogueView;
import io.toolstream.client.ClientSettings;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.wire.Reply;
import io.toolstream.wire.TopicNames;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A pipeline over Kafka. What is not used is not connected. */
public final class KafkaPipeline implements Pipeline {
    private static final long TIMEOUT_MILLIS = 3_000;

    private final Endpoint endpoint;
    private final KafkaConnection kafka;
    private final TopicNames topics;
    private @Nullable ToolClient client;

    private KafkaPipeline(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.kafka = new KafkaConnection(endpoint.bootstrapServers(), "toolstream-cli", endpoint.properties());
        this.topics = new TopicNames(endpoint.topicPrefix());
    }

    public static Pipeline connect(Endpoint endpoint) {
        Reachability.require(endpoint);
        return new KafkaPipeline(endpoint);
    }

    @Override
    public void prepareCalls() {
        if (client == null) {
            client = ToolClient.connect(ClientSettings.of(kafka, topics));
        }
    }

    @Override
    public CompletableFuture<Reply> call(ToolCall call) {
        return ready().call(call);
    }

    @Override
    public CompletableFuture<Acceptance> send(ToolCall call) {
        return ready().send(call);
    }

    @Override
    public Catalogue catalogue() {
        try (CatalogueView view = CatalogueView.open(kafka, topics)) {
            return within(view.loaded(), () -> "the catalogue cannot be read");
        }
    }

    private ToolClient ready() {
        prepareCalls();
        ToolClient connected = Objects.requireNonNull(client);
        within(connected.ready(), () -> connected.snapshot().trouble());
        return connected;
    }

    private <T> T within(Future<T> future, Supplier<@Nullable String> trouble) {
        try {
            return future.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw Reachability.unreachable(endpoint, "no answer in time (" + trouble.get() + ")");
        } catch (ExecutionException e) {
            throw Reachability.unreachable(endpoint, CommandFailure.reason(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
