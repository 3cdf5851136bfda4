package io.toolstream.cli.call;

import io.toolstream.cli.Console;
import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.json.JsonLayout;
import io.toolstream.cli.text.ContentText;
import io.toolstream.cli.text.SafeText;
import io.toolstream.cli.text.Style;
import io.toolstream.wire.CallError;
import io.toolstream.wire.CorrelationIds;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.ReplyRoute;
import io.toolstream.wire.Status;
import io.toolstream.wire.WireLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Prints replies. For people: what the tool answered on standard output, how the call went on standard error. For
 * programs: the reply as it stands on the topic, on standard output.
 */
public final class ReplyPrinter {
    private static final String HOW_TO_ANSWER =
            "the tool asks: give the same command with --input-responses (an answer for each of inputRequests, by its"
                    + " key) and --request-state, where there is one";

    private final Console console;
    private final ReplyCodec codec = new ReplyCodec(WireLimits.DEFAULT);

    public ReplyPrinter(Console console) {
        this.console = console;
    }

    void print(Reply reply, Format format) {
        switch (format) {
            case TABLE -> printForPeople(reply);
            case JSON -> console.out().println(JsonLayout.indented(wire(reply)));
            case JSONL -> console.out().println(JsonLayout.line(wire(reply)));
        }
    }

    private String wire(Reply reply) {
        byte[] correlationId = CorrelationIds.bytes(reply.identity().correlationId());
        byte[] value = codec.encode(reply, new ReplyRoute(correlationId, null, null, List.of()))
                .value();
        return new String(Objects.requireNonNull(value), StandardCharsets.UTF_8);
    }

    private void printForPeople(Reply reply) {
        if (reply.result() != null) {
            console.out().println(ContentText.of(reply.result()));
        }
        summary(reply, Style.of(console.coloursErr())).forEach(console.err()::println);
    }

    /** How the call went, in one line, and what was wrong, in more. */
    public static List<String> summary(Reply reply, Style style) {
        String where = SafeText.line(Objects.requireNonNullElse(reply.identity().server(), "") + " "
                + reply.identity().tool());
        String line = status(reply.status(), style) + "  " + where + style.faint("  " + facts(reply));
        CallError error = reply.error();
        if (reply.status() == Status.INPUT_REQUIRED) {
            return List.of(line, "  " + HOW_TO_ANSWER);
        }
        return error == null ? List.of(line) : List.of(line, "  " + explanation(error));
    }

    private static String status(Status status, Style style) {
        return switch (status) {
            case OK -> style.good(status.text());
            case TOOL_ERROR, INPUT_REQUIRED, CANCELLED -> style.warning(status.text());
            case REJECTED, UNAVAILABLE, EXPIRED, FAILED, IN_DOUBT -> style.bad(status.text());
        };
    }

    private static String facts(Reply reply) {
        StringBuilder facts = new StringBuilder();
        facts.append(reply.timings().totalMs()).append(" ms");
        facts.append(" (queue ").append(reply.timings().queueMs());
        facts.append(", execute ").append(reply.timings().executeMs()).append(')');
        if (reply.attempts() > 1) {
            facts.append(", ").append(reply.attempts()).append(" attempts");
        }
        if (!reply.servedBy().cache().equals("none")) {
            facts.append(", from cache ").append(SafeText.line(reply.servedBy().cache()));
        }
        return facts.append(", worker ")
                .append(SafeText.line(reply.servedBy().worker()))
                .toString();
    }

    private static String explanation(CallError error) {
        String retry = error.retryable()
                ? error.retryAfterMs() == null
                        ? "; may be tried again"
                        : "; may be tried again after " + error.retryAfterMs() + " ms"
                : "";
        String ran = switch (error.mayHaveRun()) {
            case NO -> "; nothing ran";
            case MAYBE -> "; it may have run";
            case YES -> "; it did run";
        };
        return SafeText.of(error.message()) + " (" + SafeText.line(error.code()) + ran + retry + ")";
    }
}
