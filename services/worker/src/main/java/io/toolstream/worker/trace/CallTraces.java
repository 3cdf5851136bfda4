package io.toolstream.worker.trace;

import io.toolstream.runtime.tracing.Carried;
import io.toolstream.runtime.tracing.SpanStart;
import io.toolstream.runtime.tracing.Tracing;
import io.toolstream.wire.CorrelationIds;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplyRoute;
import io.toolstream.wire.TraceContext;
import java.util.Map;

/** Begins the span of each call that a worker handles, where the caller's trace wants one. Any thread. */
public final class CallTraces {
    private final Tracing tracing;
    private final String group;

    /** @param group the consumer group of the workers */
    public CallTraces(Tracing tracing, String group) {
        this.tracing = tracing;
        this.group = group;
    }

    /** A call is taken; {@code above} is the trace context it came with. */
    public CallTrace begin(InboundRecord record, String id, ReplyRoute route, TraceContext above) {
        if (tracing == Tracing.OFF) {
            return CallTrace.none(above);
        }
        Carried parent = new Carried(above.traceparent(), above.tracestate());
        return new CallTrace(tracing, tracing.begin(start(record.position(), id, route), parent), above.baggage());
    }

    private SpanStart start(RecordPosition position, String id, ReplyRoute route) {
        return new SpanStart(
                SpanStart.Kind.CONSUMER,
                "process " + position.topic(),
                Map.of(
                        "messaging.system",
                        "kafka",
                        "messaging.operation.name",
                        "process",
                        "messaging.operation.type",
                        "process",
                        "messaging.destination.name",
                        position.topic(),
                        "messaging.destination.partition.id",
                        String.valueOf(position.partition()),
                        "messaging.kafka.offset",
                        position.offset(),
                        "messaging.consumer.group.name",
                        group,
                        "messaging.message.id",
                        id,
                        "messaging.message.conversation_id",
                        CorrelationIds.text(route.correlationId())));
    }
}
