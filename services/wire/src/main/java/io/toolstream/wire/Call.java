package io.toolstream.wire;

/**
 * One call: decoded, well-formed, not yet admitted.
 *
 * @param id unique per call; made from topic-partition-offset (and member index) where the caller gave none
 * @param arguments a JSON object, as the bytes it came in ({@code {}} where absent)
 */
public record Call(
        String id, Target target, RawJson arguments, ReplyRoute route, CallOptions options, CallContext context) {
    /** The same with another deadline, epoch ms. */
    public Call endingBy(long deadlineMillis) {
        return new Call(id, target, arguments, route, options.endingBy(deadlineMillis), context);
    }

    /** The same at another place in a trace. */
    public Call tracedBy(TraceContext trace) {
        return new Call(id, target, arguments, route, options, context.tracedBy(trace));
    }
}
