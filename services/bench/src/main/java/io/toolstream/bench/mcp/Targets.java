package io.toolstream.bench.mcp;

import io.toolstream.bench.contender.Payload;
import io.toolstream.bench.contender.StubTarget;
import io.toolstream.bench.load.Target;
import io.toolstream.bench.stub.InstantStub;
import io.toolstream.bench.stub.LineStub;
import io.toolstream.bench.stub.SocketStub;
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
        return switch (way) {
            case HTTP_1 ->
                new StubTarget(new ServerSpec.Http("http1", http.urls().get(0), Map.of()), payload);
            case HTTP_2 ->
                new StubTarget(
                        new ServerSpec.Http("http2", url("http", frames), Map.of(), ServerSpec.Http2.ALWAYS), payload);
            case WEBSOCKET ->
                new StubTarget(new ServerSpec.WebSocket("socket", url("ws", messages), Map.of()), payload);
            case STDIO -> new StubTarget(new ServerSpec.Stdio("child", LineStub.command(), Map.of(), null), payload);
            case SDK -> new SdkTarget(http.urls().get(1), settings.mostInFlight(), settings.payloadBytes());
        };
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

    @Override
    public void close() {
        targets.values().forEach(Target::close);
        http.close();
        frames.close();
        messages.close();
    }
}
