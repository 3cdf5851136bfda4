package io.toolstream.cli.broker;

import io.toolstream.client.CallTracing;
import io.toolstream.runtime.tracing.Carried;
import io.toolstream.runtime.tracing.SpanStart;
import io.toolstream.runtime.tracing.TraceSpan;
import io.toolstream.runtime.tracing.Tracing;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TraceContext;
import java.util.Map;

/** A span for each call that is sent. */
record TracedCalls(Tracing tracing) implements CallTracing {
    @Override
    public Sending begin(String topic, String id, TraceContext given) {
        SpanStart start = new SpanStart(
                SpanStart.Kind.PRODUCER,
                "send " + topic,
                Map.of(
                        "messaging.system", "kafka",
                        "messaging.operation.name", "send",
                        "messaging.operation.type", "send",
                        "messaging.destination.name", topic,
                        "messaging.message.id", id));
        return new Sent(tracing.begin(start, new Carried(given.traceparent(), given.tracestate())), given);
    }

    private record Sent(TraceSpan span, TraceContext given) implements Sending {
        @Override
        public TraceContext context() {
            Carried carried = span.carried();
            return new TraceContext(carried.traceparent(), carried.tracestate(), given.baggage());
        }

        @Override
        public void accepted(RecordPosition position) {
            span.with("messaging.destination.partition.id", String.valueOf(position.partition()))
                    .with("messaging.kafka.offset", position.offset())
                    .end();
        }

        @Override
        public void failed(Throwable failure) {
            span.failed(failure.getClass().getSimpleName());
            span.end();
        }
    }
}
