package io.toolstream.mcp.transport;

import io.toolstream.mcp.json.RpcMessage;

/** Takes requests and notices of a server. Called on an I/O thread, perhaps very often; must neither block nor throw. */
public interface Inbox {
    void accept(Link link, RpcMessage message);
}
