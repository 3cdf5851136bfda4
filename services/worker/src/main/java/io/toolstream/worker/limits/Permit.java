package io.toolstream.worker.limits;

import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.util.concurrent.atomic.AtomicBoolean;

/** The right to make one attempt, owned by that attempt. Any thread; giving it back again changes nothing. */
final class Permit {
    private final ServerPermits issuer;
    private final Tool tool;
    private final long issuedNanos;
    private final AtomicBoolean isBack = new AtomicBoolean();

    Permit(ServerPermits issuer, Tool tool, long issuedNanos) {
        this.issuer = issuer;
        this.tool = tool;
        this.issuedNanos = issuedNanos;
    }

    /** The attempt has ended like this. */
    void giveBack(Outcome outcome) {
        if (isBack.compareAndSet(false, true)) {
            issuer.ended(tool, issuedNanos, outcome);
        }
    }
}
