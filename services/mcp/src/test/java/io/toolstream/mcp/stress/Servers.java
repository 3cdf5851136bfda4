package io.toolstream.mcp.stress;

import io.toolstream.mcp.ServerSpec;
import io.toolstream.testkit.raw.FramePeer;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.ModernTools;
import io.toolstream.testkit.raw.RawRequest;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.SocketPeer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One small server for each transport; each answers with the tool's name. */
enum Servers {
    HTTP_1 {
        @Override
        RawServer start() {
            return new RawServer(
                    new ModernTools((request, peer) -> peer.json(Http.result(request.id(), text(request)))));
        }

        @Override
        ServerSpec spec(RawServer raw) {
            return new ServerSpec.Http("http1", raw.url(), Map.of());
        }
    },
    EVENTS {
        @Override
        RawServer start() {
            return new RawServer(new ModernTools(
                    (request, peer) -> peer.write(Http.sse(Http.event(Http.result(request.id(), text(request)))))));
        }

        @Override
        ServerSpec spec(RawServer raw) {
            return new ServerSpec.Http("events", raw.url(), Map.of());
        }
    },
    HTTP_2 {
        @Override
        RawServer start() {
            return new RawServer(peer -> answerAll(new FramePeer(peer).begin()));
        }

        @Override
        ServerSpec spec(RawServer raw) {
            return new ServerSpec.Http("http2", raw.url(), Map.of(), ServerSpec.Http2.ALWAYS);
        }
    },
    WEB_SOCKET {
        @Override
        RawServer start() {
            return new RawServer(peer -> {
                SocketPeer socket = SocketPeer.accept(peer);
                for (RawRequest call = socket.call(); call != null; call = socket.call()) {
                    socket.send(Http.result(call.id(), text(call)));
                }
            });
        }

        @Override
        ServerSpec spec(RawServer raw) {
            return new ServerSpec.WebSocket("socket", URI.create("ws://127.0.0.1:" + raw.port() + "/mcp"), Map.of());
        }
    },
    STDIO {
        @Override
        RawServer start() {
            return new RawServer(peer -> {});
        }

        @Override
        ServerSpec spec(RawServer raw) {
            return stdio(1);
        }
    };

    /** This name stands for a megabyte. */
    static final String LARGE = "large";

    private static final String MEGABYTE = "x".repeat(1_000_000);

    abstract RawServer start();

    abstract ServerSpec spec(RawServer raw);

    static String text(RawRequest request) {
        return request.tool().equals(LARGE) ? MEGABYTE : request.tool();
    }

    private static void answerAll(FramePeer peer) throws IOException {
        for (FramePeer.Call call = peer.call(); call != null; call = peer.call()) {
            peer.answer(call.stream(), Http.result(call.request().id(), text(call.request())));
        }
    }

    /** A child that holds so many calls and then answers them in random order. */
    static ServerSpec stdio(int batch) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ShufflingChild.class.getName(),
                Integer.toString(batch));
        return new ServerSpec.Stdio("child", command, Map.of(), null);
    }
}
