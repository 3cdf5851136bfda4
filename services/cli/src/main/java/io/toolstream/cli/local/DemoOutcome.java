package io.toolstream.cli.local;

import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import java.util.Arrays;
import java.util.List;

/**
 * What came of one step.
 *
 * @param replies one for each call
 * @param latenciesNanos from sending to the reply, for each call
 */
record DemoOutcome(DemoStep step, List<Reply> replies, long[] latenciesNanos) {
    boolean isAsExpected() {
        return replies.size() == step.times() && replies.stream().allMatch(reply -> isExpected(reply.status()));
    }

    /** On a machine that is busy, a call's time may be over before it is begun. */
    private boolean isExpected(Status status) {
        return status == step.expected() || (step.expected() == Status.FAILED && status == Status.EXPIRED);
    }

    /** Calls that were answered without asking the tool server. */
    long kept() {
        return replies.stream()
                .filter(reply -> !reply.servedBy().cache().equals("none"))
                .count();
    }

    /** The latency that this part of the calls did not exceed: nearest rank. */
    double percentileMillis(double part) {
        long[] sorted = latenciesNanos.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(part * sorted.length);
        return sorted[Math.max(0, rank - 1)] / 1_000_000.0;
    }
}
