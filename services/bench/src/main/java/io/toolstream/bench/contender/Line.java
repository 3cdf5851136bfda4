package io.toolstream.bench.contender;

import io.toolstream.bench.load.Target;
import io.toolstream.bench.load.WrongAnswerException;
import io.toolstream.client.ClientSettings;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Near side of the line: our client library, one for all who call on it. Answers complete on the client's threads. */
public final class Line implements AutoCloseable {
    private static final int MAX_IN_FLIGHT = 20_000;
    private static final Duration START = Duration.ofSeconds(30);

    private final Payload payload;
    private final int servers;
    private final ToolClient client;

    private Line(ToolClient client, Payload payload, int servers) {
        this.client = client;
        this.payload = payload;
        this.servers = servers;
    }

    /**
     * Blocks until calls leave at once.
     *
     * @param route of a pipeline whose worker is ready
     * @param servers called in turn
     */
    public static Line connect(Route route, Payload payload, int servers) throws InterruptedException {
        KafkaConnection kafka = new KafkaConnection(route.bootstrapServers(), "bench", route.clientProperties());
        ToolClient client = ToolClient.connect(
                ClientSettings.of(kafka, new TopicNames(route.prefix())).withMaxInFlight(MAX_IN_FLIGHT));
        try {
            client.ready().get(START.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            client.close();
            throw new IllegalStateException("the client is not ready: " + client.snapshot(), e);
        }
        return new Line(client, payload, servers);
    }

    /** Calls in the manner of one contender; what it is closed with is the line. */
    public Target target(Contender contender) {
        if (contender == Contender.LINE_BATCH) {
            return BatchTarget.start(client, number -> toolCall(contender, number), this::check);
        }
        return new Target() {
            @Override
            public CompletionStage<?> call(long number) {
                return client.call(toolCall(contender, number)).thenAccept(reply -> check(reply, number));
            }

            @Override
            public void close() {}
        };
    }

    /**
     * Calls some of a worker's servers, by number from 1, in turn.
     *
     * @param timeout of each call
     */
    public Target target(int from, int to, Duration timeout) {
        return new Target() {
            @Override
            public CompletionStage<?> call(long number) {
                String server = WorkerPart.READS + (from + number % (to - from + 1));
                ToolCall call = ToolCall.of(server, "echo")
                        .arguments(RawJson.of(payload.arguments(number)))
                        .timeout(timeout);
                return client.call(call).thenAccept(reply -> check(reply, number));
            }

            @Override
            public void close() {}
        };
    }

    private ToolCall toolCall(Contender contender, long number) {
        String prefix = contender == Contender.LINE_ONCE ? WorkerPart.RUNS_ONCE : WorkerPart.READS;
        ToolCall call =
                ToolCall.of(prefix + (number % servers + 1), "echo").arguments(RawJson.of(payload.arguments(number)));
        return switch (contender) {
            case LINE_KEYED -> call.idempotencyKey("key-" + number);
            case LINE_ORDERED -> call.orderingKey("key-" + number);
            default -> call;
        };
    }

    private void check(Reply reply, long number) {
        if (reply.status() != Status.OK) {
            throw new IllegalStateException("call " + number + " ended " + reply.status() + ": " + reply.error());
        }
        RawJson result = reply.result();
        if (result == null || !payload.isEchoedIn(result.array(), result.offset(), result.length(), number)) {
            throw new WrongAnswerException("the reply to call " + number + " is another's");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
