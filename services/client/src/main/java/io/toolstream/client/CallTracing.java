package io.toolstream.client;

import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TraceContext;

/**
 * Is told of each call that a client sends, so that the call can be part of a trace: the bridge to whatever makes spans in the
 * caller's process. Must neither block nor throw.
 */
@FunctionalInterface
public interface CallTracing {
    /** Nobody traces: calls carry what the caller set on them. */
    CallTracing NONE = (topic, id, given) -> Sending.of(given);

    /**
     * A call is about to be sent. On the thread that hands the call to the client, where the caller's own span may be
     * current.
     *
     * @param given what the caller set with {@link ToolCall#trace}
     */
    Sending begin(String topic, String id, TraceContext given);

    /** One call on its way to the broker. Is told how that ended, on any thread; what is told first counts. */
    interface Sending {
        /** What the call carries to the worker. */
        TraceContext context();

        /** The broker has it. */
        default void accepted(RecordPosition position) {}

        /** It is not known to have been accepted; nobody waits for that any more. */
        default void failed(Throwable failure) {}

        /** One that nobody follows. */
        static Sending of(TraceContext context) {
            return () -> context;
        }
    }
}
