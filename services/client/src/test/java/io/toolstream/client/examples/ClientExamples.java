package io.toolstream.client.examples;

import io.toolstream.client.BatchOptions;
import io.toolstream.client.BatchResults;
import io.toolstream.client.CallResult;
import io.toolstream.client.ClientSnapshot;
import io.toolstream.client.JsonText;
import io.toolstream.client.ReplyFuture;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.client.ToolClientException;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What the Javadoc of the client and its page show, to be compiled and run. */
@SuppressWarnings({"NullAway", "DataFlowIssue"}) // examples read what the status says is there
public final class ClientExamples {
    private ClientExamples() {}

    public static CompletableFuture<String> oneCall(ToolClient tools) {
        ToolCall call =
                ToolCall.of("fs", "read_file").argument("path", "README.md").timeout(Duration.ofSeconds(10));

        CompletableFuture<String> text = tools.call(call).thenApply(reply -> switch (reply.status()) {
            case OK, TOOL_ERROR -> reply.result().text(); // the tool's own answer, byte for byte
            default -> reply.error().message(); // how the call ended otherwise, for people
        });
        return text;
    }

    public static List<String> progress(ToolClient tools, ToolCall call) {
        List<String> shown = new ArrayList<>();
        ReplyFuture reply =
                tools.call(call, update -> shown.add(update.identity().tool()));
        reply.join();
        return shown;
    }

    public static String shedding(ToolClient tools, ToolCall call) {
        Optional<ReplyFuture> reply = tools.tryCall(call);
        String answer = reply.isPresent() ? "on its way" : "busy, try again later";
        return answer;
    }

    public static CompletableFuture<Long> parallel(ToolClient tools) {
        ToolCall weather = ToolCall.of("weather", "today");
        List<ToolCall> wanted = List.of(weather.argument("city", "Oslo"), weather.argument("city", "Lima"));

        CompletableFuture<List<CallResult>> all = tools.gather(wanted, Duration.ofSeconds(10));

        CompletableFuture<Long> answered = all.thenApply(
                results -> results.stream().filter(CallResult::isOk).count());
        return answered;
    }

    public static CompletableFuture<Reply> questions(ToolClient tools, ToolCall call) {
        CompletableFuture<Reply> answered = tools.call(call)
                .thenCompose(reply -> reply.status() == Status.INPUT_REQUIRED
                        ? tools.resend(reply, JsonText.of(Map.of("name", Map.of("action", "accept"))))
                        : CompletableFuture.completedFuture(reply));
        return answered;
    }

    public static CompletableFuture<String> cancelling(ToolClient tools, ToolCall call) {
        ReplyFuture reply = tools.call(call);
        CompletableFuture<Void> asked = reply.cancelCall(); // whoever wanted it has gone
        CompletableFuture<String> ended = asked.thenCompose(accepted -> reply)
                .thenApply(last -> last.status().text()); // "cancelled", "in_doubt", or "ok" if that was quicker
        return ended;
    }

    public static CompletableFuture<String> withoutReply(ToolClient tools, ToolCall call) {
        CompletableFuture<String> answer = tools.call(call)
                .thenApply(reply -> reply.status().text())
                .exceptionally(thrown -> {
                    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
                    if (cause instanceof ToolClientException failure) {
                        return switch (failure.advice()) {
                            case SAFE -> "nothing was sent: call again";
                            case SAME_KEY -> "call again under the same idempotency key only";
                            case NO -> "calling again does not help";
                        };
                    }
                    throw new CompletionException(cause); // not of this library
                });
        return answer;
    }

    public static String health(ToolClient tools) {
        ClientSnapshot now = tools.snapshot();
        String health = now.isReady() ? "ready, " + now.inFlight() + " in flight" : "not ready: " + now.trouble();
        return health;
    }

    public static CompletableFuture<Map<String, Reply>> afterACrash(ToolClient tools, Instant crashedAt) {
        CompletableFuture<Map<String, Reply>> found =
                tools.earlierReplies(Set.of("order-17"), crashedAt.minusSeconds(60));
        return found;
    }

    public static List<String> inBulk(ToolClient tools, Iterable<ToolCall> calls) {
        List<String> lines = new ArrayList<>();
        try (BatchResults results = tools.batch(calls, BatchOptions.fresh())) {
            while (results.hasNext()) {
                CallResult result = results.next();
                lines.add(result.index() + " " + (result.isOk() ? "ok" : "not ok"));
            }
        }
        return lines;
    }
}
