package io.toolstream.client;

import io.toolstream.wire.Status;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client did since its start, and what it waits for now: to be asked for by a health check or by gauges, as often
 * as they like.
 *
 * @param trouble why calls cannot leave at present (the broker or the reply topic); null where they can
 * @param inFlight calls waited for, those of batches included
 * @param waiting calls that wait for a place among those
 * @param counts since the start
 * @param latency of late
 */
public record ClientSnapshot(@Nullable String trouble, int inFlight, int waiting, Counts counts, Latency latency) {
    /** Whether calls leave at once. */
    public boolean isReady() {
        return trouble == null;
    }

    /**
     * Counts since the start.
     *
     * @param sent calls acknowledged by the broker
     * @param answers calls completed by a final reply, by its status; without those that never came
     * @param timedOut calls whose time was up without a reply
     * @param refused calls for which there was no place
     */
    public record Counts(long sent, Map<Status, Long> answers, long timedOut, long refused, Strays strays) {
        public Counts {
            answers = Map.copyOf(answers);
        }

        /** Calls completed by a final reply. */
        public long answered() {
            return answers.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Those that ended with this status. */
        public long answered(Status status) {
            return answers.getOrDefault(status, 0L);
        }
    }

    /**
     * Replies that went to nobody.
     *
     * @param late to calls that had timed out or were cancelled by their holder
     * @param duplicate to calls that had their reply: a worker crashed between answering and committing
     * @param unknown under a correlation id of ours that was not given, or long ago
     * @param mismatched under a correlation id of ours, naming another call or tenant; never delivered
     */
    public record Strays(long late, long duplicate, long unknown, long mismatched) {}

    /**
     * From the call to its reply, over the calls answered in the last half to one minute; exact to 6 %.
     *
     * @param calls how many these were
     */
    public record Latency(long calls, Duration p50, Duration p99) {}
}
