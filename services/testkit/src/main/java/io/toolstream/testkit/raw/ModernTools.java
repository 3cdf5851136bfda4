package io.toolstream.testkit.raw;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A script for a server of 2026-07-28 that checks what every request must say, except for what a test does in {@code
 * tools/call}, {@code tools/list}, of tasks and subscriptions. Remembers every request.
 */
public final class ModernTools implements RawServer.Script {
    private final StubTools.Calls calls;
    private final List<RawRequest> requests = new CopyOnWriteArrayList<>();

    public ModernTools(StubTools.Calls calls) {
        this.calls = calls;
    }

    public List<RawRequest> requests() {
        return List.copyOf(requests);
    }

    public List<RawRequest> requests(String rpc) {
        return requests.stream().filter(request -> request.rpc().equals(rpc)).toList();
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
        String id = String.valueOf(request.id());
        boolean isRight = request.header("mcp-protocol-version").equals("2026-07-28")
                && request.header("mcp-method").equals(request.rpc())
                && request.body().contains("\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"")
                && request.body().contains("\"io.modelcontextprotocol/clientCapabilities\":{")
                && request.body().contains("\"io.modelcontextprotocol/clientInfo\":{");
        if (!isRight) {
            peer.write(Http.json(400, Http.error(id, -32602, "metadata is missing")));
            return;
        }
        switch (request.rpc()) {
            case "server/discover" ->
                peer.json(
                        "{\"jsonrpc\":\"2.0\",\"id\":" + id
                                + ",\"result\":{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}}");
            case "tools/call", "tools/list", "tasks/get", "tasks/update", "tasks/cancel", "subscriptions/listen" ->
                calls.answer(request, peer);
            default -> peer.write(Http.json(404, Http.error(id, -32601, "Method not found")));
        }
    }
}
