package io.toolstream.worker.trace;

import io.toolstream.runtime.tracing.Carried;
import io.toolstream.runtime.tracing.SpanStart;
import io.toolstream.runtime.tracing.TraceSpan;
import io.toolstream.runtime.tracing.Tracing;
import io.toolstream.wire.Call;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TraceContext;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The span of one call in this worker, or none. What the call's stages do is below it; its reply goes to the caller with the
 * trace context the caller sent.
 */
public final class CallTrace {
    private final Tracing tracing;
    private final TraceSpan span;
    private final @Nullable String baggage;

    CallTrace(Tracing tracing, TraceSpan span, @Nullable String baggage) {
        this.tracing = tracing;
        this.span = span;
        this.baggage = baggage;
    }

    static CallTrace none(TraceContext above) {
        return new CallTrace(
                Tracing.OFF, TraceSpan.passing(new Carried(above.traceparent(), above.tracestate())), above.baggage());
    }

    /** The call as the stages see it: what they ask of others is below this span. */
    public Call around(Call call) {
        Carried carried = span.carried();
        String before = call.context().trace().traceparent();
        return carried.traceparent() == null || carried.traceparent().equals(before)
                ? call
                : call.tracedBy(new TraceContext(carried.traceparent(), carried.tracestate(), baggage));
    }

    /** As W3C's header of that name; null where there is none. */
    public @Nullable String traceparent() {
        return span.carried().traceparent();
    }

    /** A reply is sent to this topic: run what is returned when the broker has it, or never will. */
    public BiConsumer<@Nullable RecordPosition, @Nullable Throwable> sending(String topic) {
        if (!span.isRecorded()) {
            return (position, failure) -> {};
        }
        TraceSpan sending = tracing.begin(reply(topic), span.carried());
        return (position, failure) -> {
            if (position != null) {
                sending.with("messaging.destination.partition.id", String.valueOf(position.partition()))
                        .with("messaging.kafka.offset", position.offset());
            } else {
                sending.failed("refused");
            }
            sending.end();
        };
    }

    private static SpanStart reply(String topic) {
        return new SpanStart(
                SpanStart.Kind.PRODUCER,
                "send " + topic,
                Map.of(
                        "messaging.system", "kafka",
                        "messaging.operation.name", "send",
                        "messaging.operation.type", "send",
                        "messaging.destination.name", topic));
    }

    /** All about the call is acknowledged; {@code tool} is null where it was not resolved to one. */
    public void end(@Nullable Tool tool, Outcome outcome) {
        if (span.isRecorded()) {
            span.with("toolstream.status", outcome.status().text()).with("toolstream.attempts", outcome.attempts());
            if (tool != null) {
                span.with("gen_ai.tool.name", tool.name()).with("toolstream.server", tool.server());
            }
            ErrorTypes.of(outcome).ifPresent(span::failed);
        }
        span.end();
    }

    /** The call is somebody else's, or comes again later. */
    public void leave(String why) {
        span.with("toolstream.left", why).end();
    }
}
