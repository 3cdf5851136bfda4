package io.toolstream.client.deadletters;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replay did.
 *
 * @param plan its name
 * @param sent calls sent, by this run
 * @param planned letters that this run had to send
 * @param leftOut letters that were meant and are none of those, by why
 * @param stoppedBecause null: it sent all of them
 * @param canBeResumed whether {@link DeadLetters#resume} goes on with it
 */
public record ReplayReport(
        String plan,
        long sent,
        long planned,
        Map<Verdict, Long> leftOut,
        @Nullable String stoppedBecause,
        boolean canBeResumed) {
    public ReplayReport {
        leftOut = Map.copyOf(leftOut);
    }
}
