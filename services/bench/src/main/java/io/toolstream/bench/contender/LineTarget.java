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

/** Near side of the line: our client library, calling the servers in turn. Answers complete on the client's threads. */
public final class LineTarget implements Target {
    private static final int MAX_IN_FLIGHT = 20_000;
    private static final Duration START = Duration.ofSeconds(30);

    private final Payload payload;
    private final int servers;
    private final ToolClient client;

    private LineTarget(ToolClient client, Payload payload, int servers) {
        this.client = client;
        this.payload = payload;
        this.servers = servers;
    }

    /**
     * Blocks until calls leave at once.
     *
     * @param route of a pipeline whose worker is ready
     * @param servers named {@code stub-1} and on
     */
    public static LineTarget connect(Route route, Payload payload, int servers) throws InterruptedException {
        KafkaConnection kafka = new KafkaConnection(route.bootstrapServers(), "bench", route.clientProperties());
        ToolClient client = ToolClient.connect(
                ClientSettings.of(kafka, new TopicNames(route.prefix())).withMaxInFlight(MAX_IN_FLIGHT));
        try {
            client.ready().get(START.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            client.close();
            throw new IllegalStateException("the client is not ready: " + client.snapshot(), e);
        }
        return new LineTarget(client, payload, servers);
    }

    @Override
    public CompletionStage<?> call(long number) {
        ToolCall call =
                ToolCall.of("stub-" + (number % servers + 1), "echo").arguments(RawJson.of(payload.arguments(number)));
        return client.call(call).thenAccept(reply -> check(reply, number));
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
