package io.toolstream.mcp.transport;

import io.toolstream.mcp.AnomalyCounts;
import java.util.concurrent.atomic.LongAdder;

/** Counts what came from one server and nobody had asked for. Any thread. */
public final class Anomalies {
    private final LongAdder strayAnswers = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private final LongAdder notices = new LongAdder();
    private final LongAdder strayNotices = new LongAdder();
    private final LongAdder serverRequests = new LongAdder();
    private final LongAdder droppedTools = new LongAdder();
    private final LongAdder badResults = new LongAdder();

    /** An answer that is late, a duplicate, or to an id never sent. */
    public void strayAnswer() {
        strayAnswers.increment();
    }

    public void unreadable() {
        unreadable.increment();
    }

    public void notice() {
        notices.increment();
    }

    /** A notice that is of no use: progress of nothing under way, or too much of it. */
    public void strayNotice() {
        strayNotices.increment();
    }

    public void serverRequest() {
        serverRequests.increment();
    }

    public void droppedTools(int count) {
        droppedTools.add(count);
    }

    /** A result that is not what its tool's output schema promises. */
    public void badResult() {
        badResults.increment();
    }

    public AnomalyCounts counts() {
        return new AnomalyCounts(
                strayAnswers.sum(),
                unreadable.sum(),
                notices.sum(),
                strayNotices.sum(),
                serverRequests.sum(),
                droppedTools.sum(),
                badResults.sum());
    }
}
