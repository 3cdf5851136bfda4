package io.toolstream.worker.parking;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.worker.invoke.Failure;
import java.util.Optional;

/**
 * How a call ends that came back from the parked topic though what was noted of it there cannot be read: it is answered, and
 * kept as a dead letter, by whoever takes it from the calls topic. It is not run, since nobody knows whether its members have
 * been answered or its deadline has passed. Pure.
 */
public final class Unread {
    private Unread() {}

    /** Empty for all other calls. */
    public static Optional<Failure> failure(InboundRecord record) {
        return record.headers().lastText(HeaderNames.UNREAD).map(why -> {
            String word = why.matches("[a-z0-9-]{1,40}") ? " (" + why + ")" : "";
            String message = "the call was parked, and what was noted of it on the parked topic cannot be read" + word
                    + ": it was not run again";
            return new Failure(ErrorCode.INTERNAL, message, MayHaveRun.MAYBE, false, 0, null);
        });
    }
}
