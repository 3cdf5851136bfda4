package io.toolstream.worker;

import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Tool;
import io.toolstream.worker.meter.ResilienceMeters;
import io.toolstream.worker.resilience.RetryListener;
import java.time.Duration;

/** Counts retries. Any thread. */
record RetryNews(ResilienceMeters meters) implements RetryListener {
    @Override
    public void retried(Tool tool, ErrorCode reason, Duration wait) {
        meters.retried(tool.server(), reason.text(), wait);
    }

    @Override
    public void ended(Tool tool, boolean isAnswered) {
        meters.retriedCallEnded(tool.server(), isAnswered);
    }

    @Override
    public void budgetExhausted(Tool tool) {
        meters.retryBudgetExhausted(tool.server());
    }
}
