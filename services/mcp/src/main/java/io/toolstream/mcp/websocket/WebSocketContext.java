package io.toolstream.mcp.websocket;

import io.netty.channel.EventLoop;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.Sharing;
import io.toolstream.mcp.json.RpcReader;
import io.toolstream.mcp.tcp.ConnectionCounters;
import io.toolstream.mcp.transport.Anomalies;
import io.toolstream.mcp.transport.Outbound;
import java.util.function.Consumer;

/** What all sockets to one server, one after the other, have in common. Any thread. */
final class WebSocketContext {
    private final McpClientSettings settings;
    private final EventLoop loop;
    private final Consumer<WebSocketLink> onEnd;
    private final RpcReader reader;
    private final Anomalies anomalies = new Anomalies();
    private final ConnectionCounters counters = new ConnectionCounters();

    /** @param onEnd a socket is of no use any more */
    WebSocketContext(McpClientSettings settings, EventLoop loop, Consumer<WebSocketLink> onEnd) {
        this.settings = settings;
        this.loop = loop;
        this.onEnd = onEnd;
        this.reader = new RpcReader(settings.answers().depth());
    }

    EventLoop loop() {
        return loop;
    }

    Sharing sharing() {
        return settings.sharing();
    }

    int garbageMessages() {
        return settings.stdio().tolerance().garbageLines();
    }

    /** A message may be any answer, so the largest one decides. */
    int messageBytes() {
        return Outbound.messageBytes(
                Math.max(settings.answers().resultBytes(), settings.answers().pageBytes()));
    }

    RpcReader reader() {
        return reader;
    }

    Anomalies anomalies() {
        return anomalies;
    }

    ConnectionCounters counters() {
        return counters;
    }

    void ended(WebSocketLink link) {
        onEnd.accept(link);
    }
}
