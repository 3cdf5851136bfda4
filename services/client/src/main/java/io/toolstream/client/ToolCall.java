package io.toolstream.client;

import io.toolstream.wire.CacheMode;
import io.toolstream.wire.CallContext;
import io.toolstream.wire.Priority;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Target;
import io.toolstream.wire.TraceContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants a tool server to do. Immutable: every method returns a changed copy, so a prepared call may be kept
 * and sent many times; each sending is a call of its own with its own id.
 */
public final class ToolCall {
    private static final int MAX_ID_CHARS = 128;

    private final Target target;
    private final Arguments arguments;
    private final CallWishes wishes;
    private final CallContext context;
    private final Naming naming;

    private ToolCall(Target target, Arguments arguments, CallWishes wishes, CallContext context, Naming naming) {
        this.target = target;
        this.arguments = arguments;
        this.wishes = wishes;
        this.context = context;
        this.naming = naming;
    }

    /** The names a call shall have; null where the client gives them. */
    record Naming(@Nullable String id, @Nullable String correlationId) {
        static final Naming OPEN = new Naming(null, null);
    }

    /**
     * A tool of a server, by their names in the workers' settings and catalogue; without arguments. Whether there is such a
     * tool is for the workers to say: they answer {@code rejected}.
     *
     * @throws IllegalArgumentException where one of the names is empty
     */
    public static ToolCall of(String server, String tool) {
        return of(new Target(filled("server", server), filled("tool", tool)));
    }

    /**
     * A tool whose name also names its server, in any form in use ({@code fs__read_file}, {@code fs/read_file}, …).
     *
     * @throws IllegalArgumentException where the name is empty
     */
    public static ToolCall of(String tool) {
        return of(new Target(null, filled("tool", tool)));
    }

    /** An empty name is a slip of the caller, found here rather than by a worker; all else about names the worker knows. */
    private static String filled(String what, String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty, at least 1 character expected");
        }
        return name;
    }

    private static ToolCall of(Target target) {
        return new ToolCall(
                target,
                Arguments.NONE,
                CallWishes.NONE,
                new CallContext(null, null, null, null, TraceContext.NONE, null),
                Naming.OPEN);
    }

    /**
     * One argument more.
     *
     * @param value null, text, a boolean, a finite number, a Map, an Iterable, or {@link RawJson}
     * @throws IllegalArgumentException for any other value
     * @throws IllegalStateException where the arguments were given as a whole before
     */
    public ToolCall argument(String name, @Nullable Object value) {
        return new ToolCall(target, arguments.with(name, value), wishes, context, naming);
    }

    /**
     * All arguments at once, as the text of a JSON object: what a model wrote. It need not be well-formed, and nothing in it
     * can reach beyond the arguments: it travels as text and is read by the worker, which answers {@code rejected} where it
     * is wrong.
     */
    public ToolCall arguments(String json) {
        return new ToolCall(target, Arguments.text(json), wishes, context, naming);
    }

    /**
     * All arguments at once, passed on byte for byte. The caller vouches that it is one well-formed JSON object: what is not
     * spoils the record of the call, which workers then answer {@code rejected}; see {@link #arguments(String)} for text
     * nobody has looked at.
     */
    public ToolCall arguments(RawJson json) {
        return new ToolCall(target, Arguments.whole(json), wishes, context, naming);
    }

    /**
     * The call's own id, instead of one made by the client: for callers who keep it, to ask for the reply in a later life
     * ({@link ToolClient#earlierReplies}) or to send the same call again. Unique per call, 1 to 128 characters.
     */
    public ToolCall id(String id) {
        if (id.isEmpty() || id.codePointCount(0, id.length()) > MAX_ID_CHARS) {
            throw new IllegalArgumentException(
                    "id has " + id.length() + " characters, 1 to " + MAX_ID_CHARS + " expected");
        }
        return named(new Naming(id, naming.correlationId()));
    }

    /**
     * How long the reply is waited for, and how long the call may wait and run, from its sending; otherwise the client's
     * default. Workers answer {@code rejected} where it is beyond their {@code limits.maxDeadline}, a day.
     *
     * @throws IllegalArgumentException where it is not positive
     */
    public ToolCall timeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must be positive: " + timeout);
        }
        return with(wishes.withTimeout(timeout));
    }

    /** Who goes first where calls wait for one another; {@code interactive} unless told otherwise. */
    public ToolCall priority(Priority priority) {
        return with(wishes.withPriority(priority));
    }

    /** Whether an answer that was kept will do; {@code use} unless told otherwise. */
    public ToolCall cache(CacheMode cache) {
        return with(wishes.withCache(cache));
    }

    /**
     * Calls with the same key are the same effect: the second one gets the first one's reply.
     *
     * @param key 1 to 256 characters
     */
    public ToolCall idempotencyKey(String key) {
        return with(wishes.withIdempotencyKey(filled("idempotency key", key)));
    }

    /**
     * Calls with the same key are executed one after the other, in the order they were sent.
     *
     * @param key 1 to 256 characters
     */
    public ToolCall orderingKey(String key) {
        return with(wishes.withOrderingKey(filled("ordering key", key)));
    }

    /**
     * Answers to a reply {@code input_required}, for callers who keep the call: {@link ToolClient#resend} does the same.
     *
     * @param inputResponses a JSON object, an answer for each question by its key; null where nothing was asked
     * @param requestState as it came with the questions; null where none came
     * @throws IllegalArgumentException where both are null
     */
    public ToolCall resume(@Nullable RawJson inputResponses, @Nullable String requestState) {
        if (inputResponses == null && requestState == null) {
            throw new IllegalArgumentException("neither responses nor a state: at least one of them expected");
        }
        return with(wishes.withResume(new CallWishes.Resume(inputResponses, requestState)));
    }

    /** On whose behalf: at least one character. Replies to a call are its own only if they name the same tenant. */
    public ToolCall tenant(String tenant) {
        return with(new CallContext(
                filled("tenant", tenant),
                context.toolCallId(),
                context.conversation(),
                null,
                context.trace(),
                context.meta()));
    }

    /** The model's own id of this call: carried along, opaque, need not be unique. */
    public ToolCall toolCallId(String toolCallId) {
        return with(new CallContext(
                context.tenant(), toolCallId, context.conversation(), null, context.trace(), context.meta()));
    }

    /** Which conversation the call belongs to: any JSON value, carried along. */
    public ToolCall conversation(RawJson conversation) {
        return with(new CallContext(
                context.tenant(), context.toolCallId(), conversation, null, context.trace(), context.meta()));
    }

    /** The trace that the call is part of; where the client traces, the parent of the span it makes of the call. */
    public ToolCall trace(TraceContext trace) {
        return with(new CallContext(
                context.tenant(), context.toolCallId(), context.conversation(), null, trace, context.meta()));
    }

    /** The call's {@code _meta}: a JSON object, carried along. */
    public ToolCall meta(RawJson meta) {
        return with(new CallContext(
                context.tenant(), context.toolCallId(), context.conversation(), null, context.trace(), meta));
    }

    private ToolCall with(CallWishes changed) {
        return new ToolCall(target, arguments, changed, context, naming);
    }

    private ToolCall with(CallContext changed) {
        return new ToolCall(target, arguments, wishes, changed, naming);
    }

    ToolCall named(Naming names) {
        return new ToolCall(target, arguments, wishes, context, names);
    }

    Naming naming() {
        return naming;
    }

    Target target() {
        return target;
    }

    RawJson argumentsJson() {
        return arguments.json();
    }

    /** The same, read where they are the text of an object. */
    RawJson argumentsObject() {
        return arguments.object();
    }

    CallWishes wishes() {
        return wishes;
    }

    CallContext context() {
        return context;
    }

    /** Without arguments, which are never logged. */
    @Override
    public String toString() {
        return "ToolCall[" + (target.server() == null ? "" : target.server() + " ") + target.tool() + "]";
    }
}
