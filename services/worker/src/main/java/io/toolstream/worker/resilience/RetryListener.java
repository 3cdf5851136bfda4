package io.toolstream.worker.resilience;

import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;

/** Hears of attempts that are made again; on the thread that decides; must not block or throw. */
public interface RetryListener {
    /** Another attempt will be made after the wait, because of this. */
    void retried(Tool tool, ErrorCode reason, Duration wait);

    /** A call that needed more than one attempt has ended. */
    void ended(Tool tool, boolean isAnswered);

    /** There would have been another attempt, had the server's budget allowed it. */
    void budgetExhausted(Tool tool);
}
