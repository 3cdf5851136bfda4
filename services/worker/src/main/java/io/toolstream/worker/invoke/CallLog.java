package io.toolstream.worker.invoke;

import io.toolstream.runtime.logging.LogGate;
import io.toolstream.wire.TraceContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What the log says of single calls: by {@code call_id}, {@code trace_id} and {@code tool}, never by what they hold. Any
 * thread.
 */
public final class CallLog {
    private static final Logger log = LoggerFactory.getLogger(CallLog.class);
    private static final LogGate BUGS = new LogGate(Duration.ofSeconds(1), System::nanoTime);
    private static final int TRACE_FROM = 3;
    private static final int TRACE_TO = 35;

    private CallLog() {}

    /** A bug was met where it says; one line a second, since one kind of call may meet it every time. */
    public static void bug(
            String where, String callId, @Nullable Tool tool, TraceContext trace, @Nullable Throwable cause) {
        BUGS.tell(
                () -> about(log.atError(), callId, tool, trace).setCause(cause).log("{} met a bug", where));
    }

    /** A call has ended; told to those who debug. */
    public static void ended(String callId, @Nullable Tool tool, TraceContext trace, Outcome outcome, Duration time) {
        if (log.isDebugEnabled()) {
            LoggingEventBuilder line = about(log.atDebug(), callId, tool, trace)
                    .addKeyValue("status", outcome.status().text())
                    .addKeyValue("attempts", outcome.attempts())
                    .addKeyValue("ms", time.toMillis());
            if (outcome instanceof Outcome.Failed failed) {
                line = line.addKeyValue("code", failed.failure().code().text());
            }
            line.log("call ended");
        }
    }

    private static LoggingEventBuilder about(
            LoggingEventBuilder line, String callId, @Nullable Tool tool, TraceContext trace) {
        LoggingEventBuilder known = line.addKeyValue("call_id", Quoted.of(callId));
        String traceparent = trace.traceparent();
        if (traceparent != null && traceparent.length() >= TRACE_TO) {
            known = known.addKeyValue("trace_id", traceparent.substring(TRACE_FROM, TRACE_TO));
        }
        return tool == null ? known : known.addKeyValue("tool", tool.title());
    }
}
