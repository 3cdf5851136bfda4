package io.toolstream.worker.limits;

import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.util.concurrent.atomic.AtomicBoolean;

/** The right to make one attempt, owned by that attempt. Any thread; giving it back again changes nothing. */
final class Permit {
    private final ServerPermits issuer;
    private final Tool tool;
    private final boolean isBackground;
    private final long issuedNanos;
    private final AtomicBoolean isBack = new AtomicBoolean();

    /** @param isBackground whether nobody waits for the attempt's call */
    Permit(ServerPermits issuer, Tool tool, boolean isBackground, long issuedNanos) {
        this.issuer = issuer;
        this.tool = tool;
        this.isBackground = isBackground;
        this.issuedNanos = issuedNanos;
    }

    Tool tool() {
        return tool;
    }

    boolean isBackground() {
        return isBackground;
    }

    long issuedNanos() {
        return issuedNanos;
    }

    /** The attempt has ended like this. */
    void giveBack(Outcome outcome) {
        if (isBack.compareAndSet(false, true)) {
            issuer.ended(this, outcome);
        }
    }
}
