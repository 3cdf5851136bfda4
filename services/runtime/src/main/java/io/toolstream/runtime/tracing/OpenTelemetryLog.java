package io.toolstream.runtime.tracing;

import io.toolstream.runtime.logging.LogGate;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What OpenTelemetry says through the JDK's own logging, as lines of our log: warnings, without stack traces, one a minute
 * at most. A receiver that is away is told of, and fills no disk. Any thread.
 */
final class OpenTelemetryLog extends Handler {
    /** Held, since the JDK forgets loggers that nobody holds, and their handlers with them. */
    private static final java.util.logging.Logger THEIRS = java.util.logging.Logger.getLogger("io.opentelemetry");

    private static final Logger log = LoggerFactory.getLogger(OpenTelemetryLog.class);

    private final LogGate gate = new LogGate(Duration.ofMinutes(1), System::nanoTime);
    private final Formatter formatter = new SimpleFormatter();

    private OpenTelemetryLog() {}

    /** From now on it speaks here and nowhere else. A second time changes nothing but the minute. */
    static synchronized void adopt() {
        THEIRS.setUseParentHandlers(false);
        for (Handler before : THEIRS.getHandlers()) {
            THEIRS.removeHandler(before);
        }
        THEIRS.addHandler(new OpenTelemetryLog());
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
            gate.tell(() -> log.warn("{} {}", formatter.formatMessage(record), reason(record.getThrown())));
        }
    }

    /** What became of the connection, whatever is around it or below. */
    private static String reason(@Nullable Throwable thrown) {
        Throwable reason = thrown;
        while (reason != null && !(reason instanceof IOException) && reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason == null ? "" : "(" + reason + ")";
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
