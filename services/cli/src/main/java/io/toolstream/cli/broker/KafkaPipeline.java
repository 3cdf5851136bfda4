package io.toolstream.cli.broker;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.client.Acceptance;
import io.toolstream.client.BatchOptions;
import io.toolstream.client.BatchResults;
import io.toolstream.client.CallResult;
import io.toolstream.client.Catalogue;
import io.toolstream.client.CatalogueView;
import io.toolstream.client.ClientSettings;
import io.toolstream.client.ParkedCalls;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.kafka.BrokerUnavailableException;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.TopicAdmin;
import io.toolstream.runtime.tracing.Tracing;
import io.toolstream.wire.Reply;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pipeline over Kafka. What is not used is not connected. One thread. */
public final class KafkaPipeline implements Pipeline {
    /** Something listens, that is known by now: a broker on a busy machine may take a while to answer. */
    private static final long TIMEOUT_MILLIS = 6_000;

    private static final long LOOK_MILLIS = 3_000;

    private final Endpoint endpoint;
    private final Map<String, String> environment;
    private final KafkaConnection kafka;
    private final TopicNames topics;
    private final List<AutoCloseable> open = new ArrayList<>();
    private @Nullable ToolClient client;

    private KafkaPipeline(Endpoint endpoint, Map<String, String> environment) {
        this.endpoint = endpoint;
        this.environment = environment;
        this.kafka = new KafkaConnection(endpoint.bootstrapServers(), "toolstream-cli", endpoint.properties());
        this.topics = new TopicNames(endpoint.topicPrefix());
    }

    /** Calls are traced where the environment's {@code OTEL_*} want it. */
    public static Pipeline connect(Endpoint endpoint, Map<String, String> environment) {
        Reachability.require(endpoint);
        return new KafkaPipeline(endpoint, environment);
    }

    @Override
    public void prepareCalls() {
        client();
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
    public BatchRun batch(Iterable<ToolCall> calls, BatchOptions options) {
        ToolClient tools = ready();
        BatchResults results = tools.batch(calls, options);
        return new BatchRun() {
            @Override
            public boolean hasNext() {
                return results.hasNext();
            }

            @Override
            public CallResult next() {
                return results.next();
            }

            @Override
            public boolean isNextReady() {
                return results.isNextReady();
            }

            @Override
            public boolean awaitNext(Duration atMost) {
                return results.awaitNext(atMost);
            }

            @Override
            public @Nullable String trouble() {
                return tools.snapshot().trouble();
            }

            @Override
            public void close() {
                results.close();
            }
        };
    }

    @Override
    public Catalogue catalogue() {
        CatalogueView view = CatalogueView.open(kafka, topics);
        open.add(view);
        return within(view.loaded(), () -> "the catalogue cannot be read");
    }

    @Override
    public ParkedCalls parked() {
        try {
            return ParkedCalls.read(kafka, topics);
        } catch (BrokerUnavailableException e) {
            throw unreachable(CommandFailure.reason(e));
        }
    }

    private ToolClient client() {
        ToolClient known = client;
        if (known == null) {
            Tracing tracing = Tracing.ofCommand(environment, "toolstream-cli");
            known = ToolClient.connect(ClientSettings.of(kafka, topics), new TracedCalls(tracing));
            client = known;
            open.add(known);
            open.add(tracing);
        }
        return known;
    }

    private ToolClient ready() {
        ToolClient connected = client();
        within(connected.ready(), () -> connected.snapshot().trouble());
        return connected;
    }

    private <T> T within(Future<T> future, Supplier<@Nullable String> trouble) {
        try {
            return future.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unreachable("no answer in time (" + trouble.get() + ")");
        } catch (ExecutionException e) {
            throw unreachable(CommandFailure.reason(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
        }
    }

    private CommandFailure unreachable(String reason) {
        Optional<String> missing = missingTopic();
        closeAside();
        return missing.map(topic -> Reachability.withoutTopic(endpoint, topic))
                .orElseGet(() -> Reachability.unreachable(endpoint, reason));
    }

    /** A broker that lacks a topic is not one that is away. Nobody waits long for it to say so. */
    private Optional<String> missingTopic() {
        try {
            return CompletableFuture.supplyAsync(this::askForTopics).get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException noAnswer) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<String> askForTopics() {
        try (TopicAdmin admin = new TopicAdmin(kafka)) {
            return Stream.of(topics.calls(), topics.replies(), topics.catalogue(), topics.parked())
                    .filter(topic -> admin.partitions(topic).isEmpty())
                    .findFirst();
        }
    }

    /** Kafka's clients take ten seconds to close where no broker answers: nobody waits for that. */
    private void closeAside() {
        Thread thread = new Thread(closing(List.copyOf(open)), "closing");
        thread.setDaemon(true);
        thread.start();
        open.clear();
    }

    @Override
    public void close() {
        ToolClient known = client;
        if (known != null && !known.snapshot().isReady()) {
            closeAside();
        } else {
            closing(open).run();
        }
    }

    private static Runnable closing(List<AutoCloseable> parts) {
        return () -> {
            for (AutoCloseable part : parts) {
                try {
                    part.close();
                } catch (Exception e) {
                    throw new IllegalStateException("a client does not close", e);
                }
            }
        };
    }
}
