package io.toolstream.bench.mcp;

/** How the tool is called, in the order of the table. */
public enum Way {
    /** Our client, pooled connections. */
    HTTP_1("http/1.1"),
    /** Our client, one connection with many streams. */
    HTTP_2("http/2"),
    WEBSOCKET("websocket"),
    /** The first three over Java's sockets (NIO) instead of Linux' own (epoll). */
    HTTP_1_NIO("http/1 nio"),
    HTTP_2_NIO("http/2 nio"),
    WEBSOCKET_NIO("ws nio"),
    STDIO("stdio"),
    /** The official MCP Java SDK over HTTP/1.1, one blocking client shared by as many threads as calls are in flight. */
    SDK("java sdk");

    private final String title;

    Way(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
