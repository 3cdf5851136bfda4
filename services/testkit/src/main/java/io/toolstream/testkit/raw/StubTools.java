package io.toolstream.testkit.raw;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A script for a well-behaved server of the sessions era, except for what a test does in {@code tools/call}. Remembers
 * every request.
 */
public final class StubTools implements RawServer.Script {
    private final Calls calls;
    private final List<RawRequest> requests = new CopyOnWriteArrayList<>();
    private volatile String sessionId = "session-1";
    private volatile String version = "2025-06-18";

    /** What the server does about one call. */
    public interface Calls {
        void answer(RawRequest request, Peer peer) throws IOException;
    }

    public StubTools(Calls calls) {
        this.calls = calls;
    }

    /** Answers every call with the tool's name. */
    public static StubTools echo() {
        return new StubTools((request, peer) -> peer.json(Http.result(request.id(), request.tool())));
    }

    /** Chooses this protocol version from now on. */
    public StubTools speaking(String other) {
        version = other;
        return this;
    }

    /** Forgets all sessions; new ones are named so. */
    public void newSessions(String id) {
        sessionId = id;
    }

    public List<RawRequest> requests(String rpc) {
        return requests.stream().filter(request -> request.rpc().equals(rpc)).toList();
    }

    public List<RawRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void talk(Peer peer) throws IOException {
        for (RawRequest request = peer.read(); request != null; request = peer.read()) {
            answer(request, peer);
        }
    }

    /** One request. */
    public void answer(RawRequest request, Peer peer) throws IOException {
        requests.add(request);
        peer.session(sessionId);
        if (request.method().equals("DELETE")) {
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            return;
        }
        switch (request.rpc()) {
            case "initialize" ->
                peer.write(Http.response(
                        200,
                        "application/json",
                        "Mcp-Session-Id: " + sessionId + "\r\n",
                        "{\"jsonrpc\":\"2.0\",\"id\":" + request.id()
                                + ",\"result\":{\"protocolVersion\":\"" + version
                                + "\",\"capabilities\":{\"tools\":{\"listChanged\":true}},"
                                + "\"serverInfo\":{\"name\":\"stub\",\"version\":\"0\"}}}"));
            case "ping" -> peer.json("{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":{}}");
            case "server/discover" ->
                peer.write(Http.json(400, Http.error("null", -32000, "Bad Request: Server not initialized")));
            case "tools/call", "tools/list" -> calls.answer(request, peer);
            default -> peer.accept();
        }
    }
}
