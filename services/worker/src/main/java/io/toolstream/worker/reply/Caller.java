package io.toolstream.worker.reply;

import io.toolstream.wire.Call;
import io.toolstream.wire.CallContext;
import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.DecodedCall.CallIdentity;
import io.toolstream.wire.Priority;
import io.toolstream.wire.ReplyRoute;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be answered, and under what identity: known of every call, also of one that could not be read.
 *
 * @param server as written by the caller, if it was
 * @param tool as written by the caller, if it could be read
 */
public record Caller(
        String id,
        ReplyRoute route,
        @Nullable String server,
        @Nullable String tool,
        CallContext context,
        Priority priority) {
    public static Caller of(DecodedCall decoded) {
        if (decoded instanceof DecodedCall.WellFormed wellFormed) {
            return of(wellFormed.call());
        }
        CallIdentity known = ((DecodedCall.Malformed) decoded).identity();
        return new Caller(
                known.id(), known.route(), known.server(), known.tool(), known.context(), Priority.INTERACTIVE);
    }

    static Caller of(Call call) {
        return new Caller(
                call.id(),
                call.route(),
                call.target().server(),
                call.target().tool(),
                call.context(),
                call.options().priority());
    }

    /** The same, of whose headers no more is echoed than must be. */
    Caller lean() {
        return new Caller(id, route.lean(), server, tool, context, priority);
    }
}
