package io.toolstream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * An MCP tool server over HTTP on 127.0.0.1 that does as it is told. Unless told otherwise it answers rightly and at
 * once, with the tools {@code echo}, {@code add}, {@code fail}, {@code sleep}, {@code big} and {@code env}. Any thread
 * may script, count and close.
 */
public final class ScriptedToolServer implements AutoCloseable {
    private static final int BACKLOG = 1_000;

    private final ServerSocket listening;
    private final Tools tools;
    private final Scripts scripts = new Scripts();
    private final Counters counters = new Counters();
    private final Sessions sessions = new Sessions();
    private final RpcServer rpc;
    private final HttpEndpoint endpoint;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();

    private ScriptedToolServer(ServerSocket listening, ServerOptions options) {
        this.listening = listening;
        this.tools = new Tools(options.pageSize());
        this.rpc = new RpcServer(tools, scripts, counters, options);
        this.endpoint = new HttpEndpoint(rpc, sessions, counters, options);
    }

    public static ScriptedToolServer start() {
        return start(ServerOptions.defaults());
    }

    public static ScriptedToolServer start(ServerOptions options) {
        return start(options, 0);
    }

    /** On a port of one's choice, so that a server can go and come back. */
    public static ScriptedToolServer start(ServerOptions options, int port) {
        try {
            ServerSocket listening =
                    new ServerSocket(port, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            ScriptedToolServer server = new ScriptedToolServer(listening, options);
            daemon("scripted-tool-server", server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients find it: {@code http://127.0.0.1:port/mcp}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/mcp");
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** What the next calls of this tool are answered, in order; the last one stays. */
    public void script(String tool, Behaviour... inOrder) {
        scripts.tool(tool, List.of(inOrder));
    }

    /** What calls of this tool are answered, decided call by call. */
    public void script(String tool, Function<ReceivedCall, Behaviour> choice) {
        scripts.tool(tool, choice);
    }

    /** What the next requests of a method such as {@code initialize} are answered, in order; the last one stays. */
    public void scriptMethod(String method, Behaviour... inOrder) {
        scripts.method(method, List.of(inOrder));
    }

    /** Adds a tool, or puts it in the place of the one of that name. */
    public void add(ScriptedTool tool) {
        tools.put(tool);
        endpoint.announcements().toolsChanged();
    }

    public void remove(String tool) {
        tools.remove(tool);
        endpoint.announcements().toolsChanged();
    }

    public int count(Counted what) {
        return counters.of(what);
    }

    /** Connections that are open now. */
    public int openConnections() {
        return connections.size();
    }

    /** The calls received, in order (the first 100,000). */
    public List<ReceivedCall> calls() {
        return rpc.calls();
    }

    /** Forgets all sessions: requests in them are answered 404. */
    public void expireSessions() {
        sessions.expireAll();
    }

    /** Resets all connections. New ones are accepted. */
    public void dropConnections() {
        connections.forEach(ScriptedToolServer::reset);
    }

    /** Ends the port and all connections, whatever is being answered. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rpc.close();
        dropConnections();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                counters.add(Counted.SOCKETS);
                HttpConnection connection = new HttpConnection(socket, endpoint);
                connections.add(connection);
                daemon("scripted-connection-" + counters.of(Counted.SOCKETS), () -> {
                    connection.run();
                    connections.remove(connection);
                });
            } catch (IOException e) {
                // Closed, or the client gave up before it was accepted.
            }
        }
    }

    private static void reset(HttpConnection connection) {
        try {
            connection.reset();
        } catch (IOException e) {
            // It has ended by itself.
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
