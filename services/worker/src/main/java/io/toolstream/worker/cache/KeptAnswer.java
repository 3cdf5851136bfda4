package io.toolstream.worker.cache;

import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.invoke.Answer;

/**
 * An answer as it is kept.
 *
 * @param status {@code OK}, or {@code TOOL_ERROR} for what is kept for a moment only
 * @param result bytes of its own: it must not hold on to the buffer it came in
 * @param createdMillis when it was answered, epoch ms
 */
public record KeptAnswer(Status status, RawJson result, long createdMillis) {
    static KeptAnswer of(Answer answer, long createdMillis) {
        return new KeptAnswer(answer.status(), RawJson.of(answer.result().toByteArray()), createdMillis);
    }

    /** No tool server was asked for it. */
    Answer answer() {
        return new Answer(status, result, 0);
    }
}
