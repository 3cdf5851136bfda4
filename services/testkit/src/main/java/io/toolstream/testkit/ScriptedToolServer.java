package io.toolstream.testkit;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An MCP tool server over HTTP on 127.0.0.1 that does as it is told. Unless told otherwise it answers rightly and at
 * once, with the tools {@code echo}, {@code add}, {@code fail}, {@code sleep}, {@code big} and {@code env}. Any thread
 * may script, count and close.
 */
public final class ScriptedToolServer implements AutoCloseable {
    private static final Duration NEVER = Duration.ofDays(1);

    private final Listener listener;
    private final Tools tools;
    private final Scripts scripts = new Scripts();
    private final Counters counters = new Counters();
    private final Sessions sessions = new Sessions();
    private final Standing standing = new Standing();
    private final Reception reception = new Reception();
    private final @Nullable TlsIdentity tls;
    private final boolean announcesTools;
    private final RpcServer rpc;
    private final HttpEndpoint endpoint;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile Duration idleLimit = NEVER;

    private ScriptedToolServer(ServerOptions options, int port) {
        this.tools = new Tools(options.pageSize());
        this.tls = options.tls();
        this.announcesTools = options.announcesTools();
        if (announcesTools) {
            standing.offer();
        }
        this.rpc = new RpcServer(tools, scripts, counters, options, standing::isOffered);
        this.endpoint = new HttpEndpoint(rpc, sessions, standing, counters, options);
        this.listener = new Listener(port, this::accepted);
    }

    public static ScriptedToolServer start() {
        return start(ServerOptions.defaults());
    }

    public static ScriptedToolServer start(ServerOptions options) {
        return start(options, 0);
    }

    /** On a port of one's choice, so that a server can go and come back. */
    public static ScriptedToolServer start(ServerOptions options, int port) {
        ScriptedToolServer server = new ScriptedToolServer(options, port);
        server.listener.start();
        return server;
    }

    /** Where clients find it: {@code http://127.0.0.1:port/mcp}, or with TLS {@code https://localhost:port/mcp}. */
    public URI url() {
        String origin = tls == null ? "http://127.0.0.1:" : "https://localhost:";
        return URI.create(origin + port() + "/mcp");
    }

    public int port() {
        return listener.port();
    }

    /** What becomes of those who connect from now on. Connections that are open stay. */
    public void become(Accepting accepting) {
        reception.become(accepting);
        if (accepting == Accepting.REFUSED) {
            listener.close();
        } else {
            listener.open();
        }
    }

    /** Speaks another revision from now on, as after an upgrade or a rollback: {@code 2026-07-28} or an older one. */
    public void speak(String version) {
        rpc.revision().become(version);
    }

    /** Closes new connections that bring no request for so long, without a word. */
    public void closeIdleAfter(Duration limit) {
        idleLimit = limit;
    }

    /** Opens a stream for what it says by itself to whoever asks for one with GET. */
    public void offerStreams() {
        standing.offer();
    }

    /** Says a message of its own on all streams that are open for that. */
    public void announce(String message) {
        standing.announce(message);
    }

    private void announceTools() {
        if (announcesTools) {
            announce("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
        }
    }

    /** Streams that are open now for what it says by itself. */
    public int openStreams() {
        return standing.open();
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
        announceTools();
    }

    public void remove(String tool) {
        tools.remove(tool);
        announceTools();
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

    /** What clients answered to requests of the server's own, as JSON text, in order. */
    public List<String> clientAnswers() {
        return rpc.clientAnswers();
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
        listener.close();
        reception.close();
        rpc.close();
        dropConnections();
    }

    private void accepted(Socket socket) {
        counters.add(Counted.SOCKETS);
        int number = counters.of(Counted.SOCKETS);
        try {
            if (reception.admits(socket)) {
                serve(new HttpConnection(tls == null ? socket : tls.over(socket), endpoint, idleLimit), number);
            }
        } catch (IOException e) {
            // The client gave up before it was accepted.
        }
    }

    private void serve(HttpConnection connection, int number) {
        connections.add(connection);
        Daemons.start("scripted-connection-" + number, () -> {
            connection.run();
            connections.remove(connection);
        });
    }

    private static void reset(HttpConnection connection) {
        try {
            connection.reset();
        } catch (IOException e) {
            // It has ended by itself.
        }
    }
}
