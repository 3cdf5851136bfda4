package io.toolstream.testkit;

import io.toolstream.testkit.json.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** MCP as JSON-RPC, whatever the transport. Answering blocks for as long as the script and the tool say. */
final class RpcServer implements AutoCloseable {
    static final String SUBSCRIBE = "subscriptions/listen";

    private static final int KEPT_CALLS = 100_000;

    private final Tools tools;
    private final Scripts scripts;
    private final Counters counters;
    private final ServerOptions options;
    private final BooleanSupplier announces;
    private final Revision revision;
    private final @Nullable ExecutionJournal journal;
    private final Map<String, Cancellation> running = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<ReceivedCall> calls = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> clientAnswers = new ConcurrentLinkedQueue<>();

    /** @param announces whether there is a stream on which it says that its tools have changed */
    RpcServer(Tools tools, Scripts scripts, Counters counters, ServerOptions options, BooleanSupplier announces) {
        this.tools = tools;
        this.scripts = scripts;
        this.counters = counters;
        this.options = options;
        this.announces = announces;
        this.revision = new Revision(options.protocolVersion());
        this.journal = options.journal() == null ? null : ExecutionJournal.open(options.journal());
    }

    List<ReceivedCall> calls() {
        return List.copyOf(calls);
    }

    List<String> clientAnswers() {
        return List.copyOf(clientAnswers);
    }

    Revision revision() {
        return revision;
    }

    Behaviour behaviourOf(String method) {
        return scripts.ofMethod(method);
    }

    /** The client has answered a request of ours. */
    void answered(Json message) {
        counters.add(Counted.CLIENT_ANSWERS);
        if (clientAnswers.size() < KEPT_CALLS) {
            clientAnswers.add(message.raw());
        }
    }

    /** Whether this revision has such a method. */
    boolean knows(String method) {
        return switch (method) {
            case "tools/call", "tools/list" -> true;
            case "server/discover", SUBSCRIBE -> revision.isModern();
            case "initialize", "ping" -> !revision.isModern();
            default -> false;
        };
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
        if (!knows(request.method())) {
            return simple(request, cancellation, null, Answer.failure(-32601, "Method not found: " + request.method()));
        }
        return switch (request.method()) {
            case "tools/call" -> call(request, cancellation);
            case "server/discover" -> simple(request, cancellation, Counted.DISCOVER, discovered());
            case SUBSCRIBE -> simple(request, cancellation, Counted.STREAMS, Answer.never());
            case "initialize" -> simple(request, cancellation, Counted.INITIALIZE, initialize(request));
            case "tools/list" -> simple(request, cancellation, Counted.LIST, list(request));
            default -> simple(request, cancellation, Counted.PING, Answer.result("{}"));
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

    private String message(RpcRequest request, Answer answer, IdEcho idEcho) {
        String id = switch (idEcho) {
            case RIGHT, TWICE -> request.id();
            case WRONG -> "\"nobody-asked\"";
            case TEXT -> Json.quote(request.id());
            case NULL -> "null";
        };
        String head = "{\"jsonrpc\":\"2.0\",\"id\":" + id;
        if (answer instanceof Answer.Result result) {
            return head + ",\"result\":" + revision.result(result.json()) + "}";
        }
        if (answer instanceof Answer.Failure failure) {
            return head + ",\"error\":{\"code\":" + failure.code() + ",\"message\":" + Json.quote(failure.message())
                    + "}}";
        }
        return answer instanceof Answer.Message message ? message.text().replace("$ID", id) : "";
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
        return Answer.result("{\"protocolVersion\":" + Json.quote(revision.agreed(asked))
                + ",\"capabilities\":{\"tools\":{" + (announces.getAsBoolean() ? "\"listChanged\":true" : "")
                + "}},\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}");
    }

    private static Answer discovered() {
        return Answer.result("{\"supportedVersions\":[" + Json.quote(Revision.MODERN)
                + "],\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}");
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
