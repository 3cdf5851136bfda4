package io.toolstream.worker.limits;

import io.toolstream.worker.invoke.Trail;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What somebody in the waiting room is to be told, outside of all locks. Either there is a permit or a refusal.
 */
record Verdict(
        Ticket ticket,
        Duration waited,
        @Nullable Permit permit,
        @Nullable Refusal refusal) {
    static Verdict granted(Ticket ticket, Permit permit, long nowNanos) {
        return new Verdict(ticket, waited(ticket, nowNanos), permit, null);
    }

    static Verdict refused(Ticket ticket, Refusal refusal, long nowNanos) {
        return new Verdict(ticket, waited(ticket, nowNanos), null, refusal);
    }

    void tell(LimitObserver observer) {
        Trail trail = ticket.invocation().trail();
        if (!waited.isZero()) {
            trail.waited(waited);
        }
        if (permit != null) {
            observer.waited(waited);
            ticket.grant(permit);
        } else if (refusal != null) {
            observer.refused(refusal.reason());
            ticket.refuse(refusal.failure());
        }
    }

    private static Duration waited(Ticket ticket, long nowNanos) {
        return Duration.ofNanos(nowNanos - ticket.enteredNanos());
    }
}
