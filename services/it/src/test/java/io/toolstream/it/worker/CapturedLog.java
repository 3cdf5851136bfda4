package io.toolstream.it.worker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** All that is logged while it is open, down to what a developer would ask for, instead of where it goes otherwise. */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Map<String, Level> LEVELS = Map.of(
            "io.toolstream", Level.TRACE,
            "io.lettuce", Level.DEBUG,
            "io.netty", Level.DEBUG,
            "org.apache.kafka.clients", Level.DEBUG,
            "io.opentelemetry", Level.DEBUG);

    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Map<String, @Nullable Level> before = new HashMap<>();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    static CapturedLog open() {
        CapturedLog log = new CapturedLog();
        log.setContext(log.loggers);
        log.start();
        LEVELS.forEach((name, level) -> {
            Logger logger = log.loggers.getLogger(name);
            log.before.put(name, logger.getLevel());
            logger.setLevel(level);
            logger.setAdditive(false);
            logger.addAppender(log);
        });
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        lines.add(event.getLevel() + " " + event.getLoggerName() + ": " + event.getFormattedMessage()
                + (event.getKeyValuePairs() == null ? "" : event.getKeyValuePairs())
                + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        before.forEach((name, level) -> {
            Logger logger = loggers.getLogger(name);
            logger.detachAppender(this);
            logger.setAdditive(true);
            logger.setLevel(level);
        });
        stop();
    }
}
