package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * The figures of one scope in one window, as a record of the metrics topic. The last record of a scope and window holds.
 *
 * @param state null for a tool, and where no worker told
 */
public record WindowMetrics(
        Window window,
        Issue issue,
        CallFigures calls,
        @Nullable StateFigures state) {
    /** Which figures: the key of a record says the same. */
    public record Window(MetricsScope scope, WindowLength length, long startMillis) {
        public long endMillis() {
            return startMillis + length.millis();
        }
    }

    /**
     * Which of the records of one window.
     *
     * @param isFinal the window is over; only what comes very late changes it, and then under the next revision
     * @param revision of the final record, from 0
     * @param updatedMillis when it was written, epoch ms
     */
    public record Issue(boolean isFinal, int revision, long updatedMillis) {}

    /** Calls in a second: of the part of the window that has passed. */
    public double callsPerSecond() {
        long passed = issue.isFinal() ? window.length().millis() : issue.updatedMillis() - window.startMillis();
        return calls.calls()
                * 1_000.0
                / Math.max(1_000, Math.min(passed, window.length().millis()));
    }
}
