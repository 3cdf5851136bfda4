package io.toolstream.wire;

import io.toolstream.wire.json.JsonLimits;
import io.toolstream.wire.json.JsonWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The value of a reply. */
final class ReplyJson {
    /** Room for everything but the result. */
    private static final int ENVELOPE_BYTES = 512;

    /** What is nested in a reply, and ours. */
    static final JsonLimits LIMITS =
            JsonLimits.GENEROUS.withAlong(Set.of(CallFields.BATCH, "error", "servedBy", "timings"));

    private ReplyJson() {}

    static byte[] write(Reply reply) {
        RawJson result = reply.result();
        OurJson json = new OurJson(new JsonWriter(ENVELOPE_BYTES + (result == null ? 0 : result.length())));
        json.begin();
        writeIdentity(json, reply.identity(), reply.status());
        json.raw("result", result);
        writeError(json, reply.error());
        writeWhose(json, reply.identity());
        json.number("attempts", reply.attempts());
        writeServedBy(json, reply.servedBy());
        writeTimings(json, reply.timings());
        json.bool("final", reply.isFinal());
        json.raw("_meta", reply.meta());
        return json.end().toByteArray();
    }

    private static void writeIdentity(OurJson json, ReplyIdentity identity, Status status) {
        json.text("id", identity.id());
        json.text("correlationId", identity.correlationId());
        json.text("status", status.text());
    }

    private static void writeWhose(OurJson json, ReplyIdentity identity) {
        json.text("toolCallId", identity.toolCallId());
        BatchPosition batch = identity.batch();
        if (batch != null) {
            BatchPositionJson.write(json, batch);
        }
        json.text("tenant", identity.tenant());
        json.text("server", identity.server());
        json.text("tool", identity.tool());
    }

    static void writeError(OurJson json, @Nullable CallError error) {
        if (error == null) {
            return;
        }
        json.begin("error");
        json.text("code", error.code());
        json.text("message", error.message());
        json.bool("retryable", error.retryable());
        json.number("retryAfterMs", error.retryAfterMs());
        json.text("mayHaveRun", error.mayHaveRun().text());
        json.raw("details", error.details());
        json.end();
    }

    private static void writeServedBy(OurJson json, ServedBy servedBy) {
        json.begin("servedBy");
        json.text("worker", servedBy.worker());
        json.text("cache", servedBy.cache());
        json.text("replica", servedBy.replica());
        json.end();
    }

    private static void writeTimings(OurJson json, Timings timings) {
        json.begin("timings");
        json.number("queueMs", timings.queueMs());
        json.number("executeMs", timings.executeMs());
        json.number("totalMs", timings.totalMs());
        json.end();
    }

    static Reply read(Fields fields, Problems problems) {
        Status status = fields.requiredWord("status", Status.values(), Status::text, Status.FAILED);
        Reply reply = new Reply(
                readIdentity(fields),
                status,
                fields.rawObject("result"),
                readError(fields),
                (int) fields.requiredInteger("attempts", 0, Integer.MAX_VALUE),
                readServedBy(fields),
                readTimings(fields),
                fields.requiredBool("final"),
                fields.rawObject("_meta"));
        checkEnding(reply, problems);
        return reply;
    }

    /** A final reply says what came out: a result or an error, as its status has it. */
    private static void checkEnding(Reply reply, Problems problems) {
        if (!reply.isFinal()) {
            return;
        }
        boolean isResult = reply.status().carriesResult();
        if (isResult ? reply.result() == null : reply.error() == null) {
            problems.add(
                    ErrorCode.MISSING_FIELD,
                    (isResult ? "/result" : "/error") + " is missing, expected with the status "
                            + reply.status().text());
        }
    }

    private static ReplyIdentity readIdentity(Fields fields) {
        return new ReplyIdentity(
                fields.requiredText("id"),
                fields.requiredText("correlationId"),
                fields.text("server"),
                fields.text("tool"),
                fields.text("toolCallId"),
                BatchPositionJson.read(fields),
                fields.text("tenant"));
    }

    static @Nullable CallError readError(Fields fields) {
        Fields error = fields.nested("error");
        return error == null
                ? null
                : new CallError(
                        error.requiredText("code"),
                        error.requiredText("message"),
                        error.requiredBool("retryable"),
                        error.integer("retryAfterMs"),
                        error.requiredWord("mayHaveRun", MayHaveRun.values(), MayHaveRun::text, MayHaveRun.MAYBE),
                        error.rawObject("details"));
    }

    private static ServedBy readServedBy(Fields fields) {
        Fields servedBy = fields.requiredNested("servedBy");
        return new ServedBy(servedBy.requiredText("worker"), servedBy.requiredText("cache"), servedBy.text("replica"));
    }

    private static Timings readTimings(Fields fields) {
        Fields timings = fields.requiredNested("timings");
        return new Timings(
                timings.requiredInteger("queueMs", 0, Long.MAX_VALUE),
                timings.requiredInteger("executeMs", 0, Long.MAX_VALUE),
                timings.requiredInteger("totalMs", 0, Long.MAX_VALUE));
    }
}
