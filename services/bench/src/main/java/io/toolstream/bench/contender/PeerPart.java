package io.toolstream.bench.contender;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.toolstream.bench.place.Part;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Far side of the peer: what a team writes first. A poll loop hands each record to one of 50 threads, which calls the
 * tool through one shared client of the official MCP Java SDK and sends the reply. It commits by itself, validates
 * nothing, retries nothing and loses what is under way when it dies.
 */
public final class PeerPart implements Part {
    private static final int THREADS = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

    private final Route route;
    private final McpJsonMapper json = McpJsonDefaults.getMapper();
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    private final McpSyncClient tools;
    private final Producer<byte[], byte[]> replies;
    private final PollLoop loop;

    private PeerPart(Route route, URI server) {
        this.route = route;
        this.tools = client(server);
        this.tools.initialize();
        BareKafka kafka = new BareKafka(route);
        this.replies = kafka.producer();
        this.replies.partitionsFor(route.replies());
        this.loop = PollLoop.subscribed(kafka.member(), route.calls(), call -> pool.execute(() -> execute(call)));
    }

    /** Settings: those of the {@link Route}, and {@code url.1}, the tool server's. */
    public static PeerPart start(Map<String, String> settings) {
        return new PeerPart(Route.of(settings), URI.create(Route.setting(settings, "url.1")));
    }

    private static McpSyncClient client(URI server) {
        String origin = server.getScheme() + "://" + server.getAuthority();
        HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder(origin)
                .endpoint(server.getPath())
                .build();
        return McpClient.sync(transport)
                .requestTimeout(TIMEOUT)
                .initializationTimeout(TIMEOUT)
                .build();
    }

    /** An exception here ends its thread's task with a stack trace, and shows as a lost call. */
    private void execute(ConsumerRecord<byte[], byte[]> record) {
        try {
            Map<String, Object> call = json.readValue(record.value(), OBJECT);
            CallToolResult result = tools.callTool(request(call));
            reply(record, json.writeValueAsBytes(reply(call, result)));
        } catch (IOException e) {
            throw new IllegalStateException("call at " + record.partition() + "@" + record.offset(), e);
        }
    }

    private CallToolRequest request(Map<String, Object> call) {
        return CallToolRequest.builder(String.valueOf(call.get("tool")))
                .arguments(json.convertValue(call.get("arguments"), OBJECT))
                .build();
    }

    private static Map<String, Object> reply(Map<String, Object> call, CallToolResult result) {
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("id", call.get("id"));
        reply.put("status", "ok");
        reply.put("result", result);
        return reply;
    }

    private void reply(ConsumerRecord<byte[], byte[]> call, byte[] value) {
        int partition = (int) BareHeaders.number(call.headers(), BareHeaders.REPLY_PARTITION);
        List<Header> headers = List.of(call.headers().toArray());
        var unused = replies.send(new ProducerRecord<>(route.replies(), partition, null, call.key(), value, headers));
    }

    @Override
    public Map<String, String> facts() {
        return Map.of();
    }

    @Override
    public void close() {
        loop.close();
        pool.shutdownNow();
        replies.close();
        tools.close();
    }
}
