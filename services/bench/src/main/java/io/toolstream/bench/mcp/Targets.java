package io.toolstream.bench.mcp;

import io.toolstream.bench.contender.Payload;
import io.toolstream.bench.contender.StubTarget;
import io.toolstream.bench.load.Target;
import io.toolstream.bench.stub.InstantStub;
import io.toolstream.bench.stub.LineStub;
import io.toolstream.bench.stub.SocketStub;
import io.toolstream.mcp.Latencies;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.Sockets;
import io.toolstream.mcp.ServerSpec;
import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All ways at once, each with its server that answers at once. */
final class Targets implements AutoCloseable {
    private final InstantStub http = InstantStub.start(2);
    private final SocketStub frames = SocketStub.http2();
    private final SocketStub messages = SocketStub.webSocket();
    private final Map<Way, Target> targets = new EnumMap<>(Way.class);

    private Targets() throws IOException {}

    static Targets open(McpBenchSettings settings) throws IOException {
        Targets made = new Targets();
        for (Way way : settings.ways()) {
            made.targets.put(way, made.target(way, settings));
        }
        return made;
    }

    private Target target(Way way, McpBenchSettings settings) {
        Payload payload = new Payload(settings.payloadBytes());
        McpClientSettings nio = McpClientSettings.DEFAULT.withSockets(Sockets.JAVA);
        return switch (way) {
            case HTTP_1 -> new StubTarget(http1(), payload);
            case HTTP_2 -> new StubTarget(http2(), payload);
            case WEBSOCKET -> new StubTarget(webSocket(), payload);
            case HTTP_1_NIO -> new StubTarget(http1(), payload, nio);
            case HTTP_2_NIO -> new StubTarget(http2(), payload, nio);
            case WEBSOCKET_NIO -> new StubTarget(webSocket(), payload, nio);
            case STDIO -> new StubTarget(new ServerSpec.Stdio("child", LineStub.command(), Map.of(), null), payload);
            case SDK -> new SdkTarget(http.urls().get(1), settings.mostInFlight(), settings.payloadBytes());
        };
    }

    private ServerSpec http1() {
        return new ServerSpec.Http("http1", http.urls().get(0), Map.of());
    }

    private ServerSpec http2() {
        return new ServerSpec.Http("http2", url("http", frames), Map.of(), ServerSpec.Http2.ALWAYS);
    }

    private ServerSpec webSocket() {
        return new ServerSpec.WebSocket("socket", url("ws", messages), Map.of());
    }

    private static URI url(String scheme, SocketStub stub) {
        return URI.create(scheme + "://127.0.0.1:" + stub.port() + "/mcp");
    }

    Set<Way> ways() {
        return targets.keySet();
    }

    @Nullable
    Target of(Way way) {
        return targets.get(way);
    }

    /** How long calls waited for a connection, since the start; nothing where that is not known. */
    Latencies borrow(Way way) {
        return targets.get(way) instanceof StubTarget ours ? ours.borrow() : Latencies.NONE;
    }

    @Override
    public void close() {
        targets.values().forEach(Target::close);
        http.close();
        frames.close();
        messages.close();
    }
}
