package io.toolstream.client;

import io.toolstream.client.ReplyMatcher.Gauges;
import io.toolstream.client.ReplyMatcher.Table;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Sends tool calls and gives back their replies. One per process is enough: any thread may call, many calls may be in
 * flight, nothing blocks.
 *
 * <p>Every future returned completes: with the final reply, whatever its status, or exceptionally with a
 * {@link ToolClientException} that says why there is none and whether calling again may harm. It completes on a thread of
 * this client (the reply tail, the timer or the producer's) or of whoever closes it, so what continues on it must not block.
 * Cancelling it ends the waiting, not the call: {@link ReplyFuture#cancelCall} does that.
 *
 * <pre>{@code
 * ToolCall call = ToolCall.of("fs", "read_file").argument("path", "README.md").timeout(Duration.ofSeconds(10));
 *
 * CompletableFuture<String> text = tools.call(call).thenApply(reply -> switch (reply.status()) {
 *     case OK, TOOL_ERROR -> reply.result().text(); // the tool's own answer, byte for byte
 *     default -> reply.error().message(); // how the call ended otherwise, for people
 * });
 * }</pre>
 *
 * <p>Where there is no reply:
 *
 * <pre>{@code
 * CompletableFuture<String> answer = tools.call(call)
 *         .thenApply(reply -> reply.status().text())
 *         .exceptionally(thrown -> {
 *             Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
 *             if (cause instanceof ToolClientException failure) {
 *                 return switch (failure.advice()) {
 *                     case SAFE -> "nothing was sent: call again";
 *                     case SAME_KEY -> "call again under the same idempotency key only";
 *                     case NO -> "calling again does not help";
 *                 };
 *             }
 *             throw new CompletionException(cause); // not of this library
 *         });
 * }</pre>
 *
 * <p>Replies arrive on one partition of the reply topic that this client reads from its start on, without a consumer
 * group. Other clients may share it; what is not ours is dropped. It also reads the catalogue, from a second after its
 * start: calls of tools whose answers are kept get a key that is equal for equal calls, so that one worker executes them once.
 */
public final class ToolClient implements AutoCloseable {
    private final Surroundings surroundings;
    private final Tally tally = new Tally();
    private final Latencies latencies;
    private final Questions questions = new Questions();
    private final OpenRecords openRecords = new OpenRecords();
    private final CallKeys keys;
    private final Dispatcher dispatcher;
    private final EarlierReplies earlierReplies;

    ToolClient(ClientSettings settings, Surroundings surroundings, CallKeys keys) {
        this(settings, surroundings, keys, CallTracing.NONE);
    }

    ToolClient(ClientSettings settings, Surroundings surroundings, CallKeys keys, CallTracing tracing) {
        this.surroundings = surroundings;
        this.keys = keys;
        this.latencies = new Latencies(surroundings.time().nanoTime());
        this.earlierReplies = new EarlierReplies(surroundings.archive());
        CallIdentities identities = new CallIdentities(surroundings.instanceId());
        Gauges gauges = new Gauges(tally, latencies, surroundings.time().nanoTime());
        this.dispatcher = new Dispatcher(
                settings,
                surroundings,
                new CallMarks(identities, keys, tracing),
                tally,
                calls -> surroundings
                        .replies()
                        .start(new ReplyMatcher(identities, new Table(calls, openRecords, questions), gauges)));
    }

    /** Begins to connect and returns at once. Calls may be made right away: they leave once replies can be seen. */
    public static ToolClient connect(ClientSettings settings) {
        return connect(settings, CallTracing.NONE);
    }

    /** The same, and tells of each call that is sent alone, not of those of batches. */
    public static ToolClient connect(ClientSettings settings, CallTracing tracing) {
        Surroundings surroundings = Surroundings.of(settings);
        CallKeys keys = CallKeys.following(
                settings.kafka(), settings.topics(), surroundings.time().alarm());
        return new ToolClient(settings, surroundings, keys, tracing);
    }

    /** Completes when calls leave at once. Until then {@link #snapshot()} tells what is in the way. */
    public CompletableFuture<Void> ready() {
        return dispatcher.tail().ready().thenAccept(partition -> {});
    }

    /**
     * Sends a call and waits for its reply. Where {@link ClientSettings#flow} has no place left it waits for one, if places
     * in line are allowed, or fails at once with {@link TooManyInFlight}. Its time-out counts from now in any case.
     */
    public ReplyFuture call(ToolCall call) {
        return dispatcher.call(call, null);
    }

    /**
     * Like {@link #call(ToolCall)}, and asks for progress: replies that are not final, in the order they came, one by one on
     * the thread that reads replies, before the future completes. How many there are is up to the tool; there may be none.
     * The listener must not block; what it throws is logged, and ends nothing.
     *
     * <pre>{@code
     * ReplyFuture reply = tools.call(call, update -> shown.add(update.identity().tool()));
     * }</pre>
     */
    public ReplyFuture call(ToolCall call, Consumer<Reply> onUpdate) {
        return dispatcher.call(call, onUpdate);
    }

    /**
     * Sends a call if there is a place for it right now; otherwise empty, and nothing happened. For callers who shed load
     * themselves.
     *
     * <pre>{@code
     * Optional<ReplyFuture> reply = tools.tryCall(call);
     * String answer = reply.isPresent() ? "on its way" : "busy, try again later";
     * }</pre>
     */
    public Optional<ReplyFuture> tryCall(ToolCall call) {
        return dispatcher.tryCall(call);
    }

    /**
     * Sends calls side by side, such as the several tool calls of one message of a model, and completes with how each of
     * them ended, in the order given: always normally, whatever failed, at the latest a grace after the deadline.
     *
     * <pre>{@code
     * List<ToolCall> wanted = List.of(weather.argument("city", "Oslo"), weather.argument("city", "Lima"));
     *
     * CompletableFuture<List<CallResult>> all = tools.gather(wanted, Duration.ofSeconds(10));
     *
     * CompletableFuture<Long> answered = all.thenApply(results -> results.stream().filter(CallResult::isOk).count());
     * }</pre>
     *
     * @param deadline from now, for all of them; a call's own time-out counts where it is shorter
     * @throws IllegalArgumentException where the deadline is not positive
     */
    public CompletableFuture<List<CallResult>> gather(Collection<ToolCall> calls, Duration deadline) {
        List<ReplyFuture> replies = new ArrayList<>(calls.size());
        for (ToolCall call : calls) {
            Duration own = call.wishes().timeout();
            replies.add(call(own != null && own.compareTo(deadline) < 0 ? call : call.timeout(deadline)));
        }
        return CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new))
                .handle((done, failure) -> results(replies));
    }

    private static List<CallResult> results(List<ReplyFuture> replies) {
        List<CallResult> results = new ArrayList<>(replies.size());
        for (ReplyFuture reply : replies) {
            results.add(CallResult.of(results.size(), reply));
        }
        return List.copyOf(results);
    }

    /**
     * Sends many calls, several in a record, and gives their results in the order of the calls, as they come. What it holds
     * in memory is bounded whatever the number of calls ({@link BatchOptions.Window}), so the source may be as long as it
     * likes: it is read on the thread that asks for results, as far as there is room.
     *
     * <pre>{@code
     * try (BatchResults results = tools.batch(calls, BatchOptions.fresh())) {
     *     while (results.hasNext()) {
     *         CallResult result = results.next();
     *         lines.add(result.index() + " " + (result.isOk() ? "ok" : "not ok"));
     *     }
     * }
     * }</pre>
     *
     * <p>Calls of one ordering key are sent one by one, to the partition of their key, so that they keep their order; all
     * others travel in {@code {"calls": […]}} records and run in any order. A call whose reply this client missed is sent
     * again, see {@link BatchOptions#isKeyed}.
     */
    public BatchResults batch(Iterable<ToolCall> calls, BatchOptions options) {
        return new BatchResults(calls.iterator(), options, new RecordSender(dispatcher, openRecords));
    }

    /** The same; closing the stream is left to its owner. */
    public BatchResults batch(Stream<ToolCall> calls, BatchOptions options) {
        return new BatchResults(calls.iterator(), options, new RecordSender(dispatcher, openRecords));
    }

    /**
     * Sends a call without waiting for its reply, which goes to the reply topic for others to read. Fails with
     * {@link NotAccepted} or {@link ClientClosed}.
     */
    public CompletableFuture<Acceptance> send(ToolCall call) {
        return dispatcher.send(call);
    }

    /**
     * Answers the questions of a reply {@code input_required}: sends its call again, as a call of its own with a new id,
     * under the same correlation id and keys, with the answers and the state the reply carried. Fails with
     * {@link UnknownQuestion} where this client does not remember the call (it does for the latest 1,000, once each): then
     * {@link #resend(ToolCall, Reply, RawJson)} is the way.
     *
     * <pre>{@code
     * CompletableFuture<Reply> answered = tools.call(call)
     *         .thenCompose(reply -> reply.status() == Status.INPUT_REQUIRED
     *                 ? tools.resend(reply, JsonText.of(Map.of("name", Map.of("action", "accept"))))
     *                 : CompletableFuture.completedFuture(reply));
     * }</pre>
     *
     * @param inputResponses a JSON object: an answer for each question, by its key
     * @throws IllegalArgumentException for a reply of another status
     */
    public ReplyFuture resend(Reply asked, RawJson inputResponses) {
        String state = RequestState.of(asked);
        Optional<ToolCall> call = questions.take(asked.identity().id());
        if (call.isPresent()) {
            return dispatcher.call(answering(call.get(), asked).resume(inputResponses, state), null);
        }
        ReplyFuture unknown = new ReplyFuture(
                new PendingCall.Identity(
                        asked.identity().correlationId(), asked.identity().id(), null),
                dispatcher::cancel);
        unknown.completeExceptionally(new UnknownQuestion(asked.identity().id()));
        return unknown;
    }

    /** The same, for a call that the caller kept: also of an earlier life, or of another client. */
    public ReplyFuture resend(ToolCall call, Reply asked, RawJson inputResponses) {
        String state = RequestState.of(asked);
        return dispatcher.call(answering(call, asked).resume(inputResponses, state), null);
    }

    private static ToolCall answering(ToolCall call, Reply asked) {
        return call.named(new ToolCall.Naming(null, asked.identity().correlationId()));
    }

    /**
     * Asks to cancel the call of this id, wherever it is, and whoever sent it. Completes when the wish is accepted; what
     * became of the call its reply says: {@code cancelled}, {@code in_doubt} where a tool that runs once had begun, or its
     * answer if that was quicker. A call of this client that was not sent yet never is: it is {@code cancelled} at once,
     * whether the broker is there or not. Otherwise this fails with {@link NotAccepted} or {@link ClientClosed}. For a call
     * of one's own:
     *
     * <pre>{@code
     * ReplyFuture reply = tools.call(call);
     * CompletableFuture<Void> asked = reply.cancelCall(); // whoever wanted it has gone
     * CompletableFuture<String> ended = asked.thenCompose(accepted -> reply)
     *         .thenApply(last -> last.status().text()); // "cancelled", "in_doubt", or "ok" if that was quicker
     * }</pre>
     */
    public CompletableFuture<Void> cancel(String id) {
        return dispatcher.cancel(id);
    }

    /**
     * Looks through the reply topic for the final replies to calls that an earlier life of this process sent, by their ids
     * ({@link ToolCall#id}). Completes with those that are there, which may be none, on a thread of its own; the topic keeps
     * replies for a day by default: what is older, or was not answered yet, is missing. Fails with
     * {@link RepliesUnavailable}, after half a minute at most, or with {@link ClientClosed}.
     *
     * <pre>{@code
     * CompletableFuture<Map<String, Reply>> found = tools.earlierReplies(Set.of("order-17"), crashedAt.minusSeconds(60));
     * }</pre>
     *
     * @param since when the earliest of the calls was sent, or before; what is older is not read
     */
    public CompletableFuture<Map<String, Reply>> earlierReplies(Set<String> ids, Instant since) {
        return earlierReplies.find(ids, since);
    }

    /**
     * What it did and does; cheap, for any thread.
     *
     * <pre>{@code
     * ClientSnapshot now = tools.snapshot();
     * String health = now.isReady() ? "ready, " + now.inFlight() + " in flight" : "not ready: " + now.trouble();
     * }</pre>
     */
    public ClientSnapshot snapshot() {
        PendingCalls calls = dispatcher.pendingCalls();
        return new ClientSnapshot(
                dispatcher.tail().trouble(), calls.inFlight(), calls.waiting(), tally.counts(), latencies.snapshot());
    }

    /**
     * Fails what is waited for with {@link ClientClosed}, batches and reads of earlier replies included, and ends the client's
     * threads. Blocks while what was handed to the producer leaves, ten seconds at most where no broker answers. Calls that
     * were sent go on at the workers. A second time it does nothing.
     */
    @Override
    public void close() {
        dispatcher.pendingCalls().close();
        earlierReplies.close();
        dispatcher.tail().close();
        keys.close();
        surroundings.publisher().close();
        surroundings.onClose().run();
    }
}
