package io.toolstream.cli.batch;

import io.toolstream.cli.json.JsonLayout;
import io.toolstream.cli.text.ContentText;
import io.toolstream.client.NotAccepted;
import io.toolstream.client.RetryAdvice;
import io.toolstream.client.ToolClientException;
import io.toolstream.wire.CallError;
import io.toolstream.wire.CorrelationIds;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.ReplyIdentity;
import io.toolstream.wire.ReplyRoute;
import io.toolstream.wire.ServedBy;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import io.toolstream.wire.WireLimits;
import io.toolstream.wire.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a line of each result. Pure. */
final class ResultLines {
    private static final ServedBy NOBODY = new ServedBy("-", "none", null);
    private static final Timings NO_TIME = new Timings(0, 0, 0);

    private final ReplyCodec codec = new ReplyCodec(WireLimits.DEFAULT);
    private final ResultFormat format;

    ResultLines(ResultFormat format) {
        this.format = format;
    }

    /** With its line break. */
    byte[] line(Slot slot, Reply reply) {
        return switch (format) {
            case JSONL -> placed(slot, reply);
            case OPENAI -> message(slot, reply);
        };
    }

    /** The reply that the worker would have written for it. */
    static Reply rejected(Slot slot, ErrorCode code, String why) {
        return withoutReply(slot, Status.REJECTED, new CallError(code.text(), why, false, null, MayHaveRun.NO, null));
    }

    /** What is known of a call without a reply. */
    static Reply unanswered(Slot slot, ToolClientException failure) {
        boolean isSafe = failure.advice() == RetryAdvice.SAFE;
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof NotAccepted && failure.advice() == RetryAdvice.NO) {
            return rejected(slot, ErrorCode.TOO_LARGE, message);
        }
        MayHaveRun ran = isSafe ? MayHaveRun.NO : MayHaveRun.MAYBE;
        return withoutReply(slot, Status.FAILED, new CallError("no-reply", message, isSafe, null, ran, null));
    }

    private static Reply withoutReply(Slot slot, Status status, CallError error) {
        ReplyIdentity identity = new ReplyIdentity(slot.id(), slot.id(), null, null, slot.toolCallId(), null, null);
        return new Reply(identity, status, null, error, 0, NOBODY, NO_TIME, true);
    }

    private byte[] placed(Slot slot, Reply reply) {
        byte[] correlationId = CorrelationIds.bytes(reply.identity().correlationId());
        byte[] value = Objects.requireNonNull(codec.encode(reply, new ReplyRoute(correlationId, null, null, List.of()))
                .value());
        byte[] head =
                ("{\"index\":" + slot.index() + ",\"line\":" + slot.line() + ",").getBytes(StandardCharsets.US_ASCII);
        byte[] flat = isOneLine(value)
                ? value
                : JsonLayout.line(new String(value, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[head.length + flat.length];
        System.arraycopy(head, 0, line, 0, head.length);
        System.arraycopy(flat, 1, line, head.length, flat.length - 1);
        line[line.length - 1] = '\n';
        return line;
    }

    /** A tool server may lay its results out; they pass through as they are everywhere else. */
    private static boolean isOneLine(byte[] json) {
        for (byte b : json) {
            if (b == '\n' || b == '\r') {
                return false;
            }
        }
        return true;
    }

    private static byte[] message(Slot slot, Reply reply) {
        String toolCallId = slot.toolCallId() == null ? slot.id() : slot.toolCallId();
        JsonWriter json = new JsonWriter(512).beginObject();
        json.name("role").string("tool");
        json.name("tool_call_id").string(toolCallId);
        json.name("content").string(content(reply));
        byte[] object = json.endObject().toByteArray();
        byte[] line = Arrays.copyOf(object, object.length + 1);
        line[object.length] = '\n';
        return line;
    }

    /**
     * For a model to read: the answer as text, images and the like by their names alone; how the call ended where there is
     * no answer.
     */
    private static String content(Reply reply) {
        RawJson result = reply.result();
        if (result != null) {
            return reply.status() == Status.INPUT_REQUIRED
                    ? reply.status().text() + ": " + result.text()
                    : ContentText.asIs(result);
        }
        CallError error = reply.error();
        return error == null
                ? reply.status().text()
                : reply.status().text() + ": " + error.message() + " (" + error.code() + ")";
    }

    /** The status in a line written before; null where the format has none. */
    static @Nullable Status statusOf(String line) {
        int at = line.indexOf("\"status\":\"");
        int end = at < 0 ? -1 : line.indexOf('"', at + 10);
        return end < 0 ? null : Status.ofText(line.substring(at + 10, end)).orElse(null);
    }
}
