package io.toolstream.testkit;

import io.toolstream.testkit.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * MCP as JSON-RPC, of the era with {@code initialize}, whatever the transport. Answering blocks for as long as the script
 * and the tool say.
 */
final class RpcServer implements AutoCloseable {
    static final Set<String> VERSIONS = Set.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

    private static final int KEPT_CALLS = 100_000;

    private final Tools tools;
    private final Scripts scripts;
    private final Counters counters;
    private final ServerOptions options;
    private final @Nullable ExecutionJournal journal;
    private final Map<String, Cancellation> running = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<ReceivedCall> calls = new ConcurrentLinkedQueue<>();

    RpcServer(Tools tools, Scripts scripts, Counters counters, ServerOptions options) {
        this.tools = tools;
        this.scripts = scripts;
        this.counters = counters;
        this.options = options;
        this.journal = options.journal() == null ? null : ExecutionJournal.open(options.journal());
    }

    List<ReceivedCall> calls() {
        return List.copyOf(calls);
    }

    /** Answers on this thread. */
    RpcAnswer answer(RpcRequest request) {
        return answer(request, accept(request));
    }

    /** Makes a request known, so that it can be cancelled before another thread has begun to answer it. */
    Cancellation accept(RpcRequest request) {
        Cancellation cancellation = new Cancellation();
        running.put(key(request.sender(), request.id()), cancellation);
        return cancellation;
    }

    RpcAnswer answer(RpcRequest request, Cancellation cancellation) {
        try {
            return dispatch(request, cancellation);
        } finally {
            running.remove(key(request.sender(), request.id()), cancellation);
        }
    }

    private RpcAnswer dispatch(RpcRequest request, Cancellation cancellation) {
        return switch (request.method()) {
            case "tools/call" -> call(request, cancellation);
            case "initialize" -> simple(request, cancellation, Counted.INITIALIZE, initialize(request));
            case "tools/list" -> simple(request, cancellation, Counted.LIST, list(request));
            case "ping" -> simple(request, cancellation, Counted.PING, Answer.result("{}"));
            default ->
                simple(request, cancellation, null, Answer.failure(-32601, "Method not found: " + request.method()));
        };
    }

    /** A notification of the client's: only a cancellation means something. */
    void notice(String sender, Json message) {
        if (message.text("method").orElse("").equals("notifications/cancelled")) {
            counters.add(Counted.CANCELLED);
            message.member("params")
                    .flatMap(params -> params.member("requestId"))
                    .ifPresent(id -> {
                        Cancellation found = running.get(key(sender, id.raw()));
                        if (found != null) {
                            found.cancel();
                        }
                    });
        }
    }

    private RpcAnswer simple(RpcRequest request, Cancellation cancellation, @Nullable Counted counted, Answer usual) {
        if (counted != null) {
            counters.add(counted);
        }
        Behaviour behaviour = scripts.ofMethod(request.method());
        Answer answer = behaviour.answer() instanceof Answer.OfTool ? usual : behaviour.answer();
        return waited(request, cancellation, behaviour, wanted -> answer);
    }

    private RpcAnswer call(RpcRequest request, Cancellation cancellation) {
        ReceivedCall call = request.asCall();
        if (calls.size() < KEPT_CALLS) {
            calls.add(call);
        }
        Behaviour behaviour = scripts.ofCall(call);
        counters.callStarts();
        String run = journal == null ? "" : journal.start(call);
        try {
            return waited(request, cancellation, behaviour, wanted -> execute(call, behaviour.answer(), wanted));
        } finally {
            if (journal != null) {
                journal.end(run);
            }
            counters.callEnds();
        }
    }

    private Answer execute(ReceivedCall call, Answer scripted, Cancellation wanted) {
        if (!(scripted instanceof Answer.OfTool)) {
            return scripted;
        }
        ScriptedTool tool = tools.named(call.tool());
        if (tool == null) {
            return Answer.failure(-32602, "Unknown tool: " + call.tool());
        }
        try {
            return tool.handler().run(Json.parse(call.arguments()), wanted);
        } catch (RuntimeException e) {
            return Answer.toolError("Invalid arguments: " + e);
        }
    }

    private RpcAnswer waited(RpcRequest request, Cancellation cancellation, Behaviour behaviour, Work work) {
        boolean isWanted = cancellation.sleep(behaviour.delay());
        Answer answer = isWanted ? work.run(cancellation) : Answer.never();
        if (isWanted && answer instanceof Answer.Never) {
            cancellation.awaitCancelled();
        }
        return new RpcAnswer(message(request, answer, behaviour.idEcho()), progress(request, behaviour), behaviour);
    }

    private static String key(String sender, String id) {
        return sender + " " + id;
    }

    private static String message(RpcRequest request, Answer answer, IdEcho idEcho) {
        String id = idEcho == IdEcho.WRONG ? "\"nobody-asked\"" : request.id();
        String head = "{\"jsonrpc\":\"2.0\",\"id\":" + id;
        if (answer instanceof Answer.Result result) {
            return head + ",\"result\":" + result.json() + "}";
        }
        if (answer instanceof Answer.Failure failure) {
            return head + ",\"error\":{\"code\":" + failure.code() + ",\"message\":" + Json.quote(failure.message())
                    + "}}";
        }
        return "";
    }

    private List<String> progress(RpcRequest request, Behaviour behaviour) {
        Framing framing = behaviour.framing() == null ? options.framing() : behaviour.framing();
        String token = request.progressToken();
        if (token == null || !(framing instanceof Framing.EventStream stream)) {
            return List.of();
        }
        return IntStream.rangeClosed(1, stream.progress())
                .mapToObj(step -> "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{"
                        + "\"progressToken\":" + token + ",\"progress\":" + step + ",\"total\":" + stream.progress()
                        + "}}")
                .toList();
    }

    private Answer initialize(RpcRequest request) {
        String asked = request.params().text("protocolVersion").orElse("");
        String version = options.protocolVersion();
        if (version == null) {
            version = VERSIONS.contains(asked) ? asked : "2025-11-25";
        }
        return Answer.result("{\"protocolVersion\":" + Json.quote(version)
                + ",\"capabilities\":{\"tools\":{" + (options.announcesTools() ? "\"listChanged\":true" : "")
                + "}},\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}");
    }

    private Answer list(RpcRequest request) {
        String page = tools.page(request.params().text("cursor").orElse(null));
        return page == null ? Answer.failure(-32602, "Unknown cursor") : Answer.result(page);
    }

    @Override
    public void close() {
        running.values().forEach(Cancellation::cancel);
        if (journal != null) {
            journal.close();
        }
    }

    private interface Work {
        Answer run(Cancellation cancellation);
    }
}
