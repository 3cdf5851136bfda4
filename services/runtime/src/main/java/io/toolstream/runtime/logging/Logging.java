package io.toolstream.runtime.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.toolstream.settings.LogSettings;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * What is logged: our own code at the level of the settings, libraries from warnings on, everything to stderr, since stdout
 * belongs to data.
 */
public final class Logging {
    private static final String OURS = "io.toolstream";

    /** Libraries that warn of what is none of the operator's business. */
    private static final Map<String, Level> QUIETER = Map.of(
            "org.apache.kafka.common.utils.AppInfoParser", Level.ERROR,
            "io.lettuce.core.RedisChannelHandler", Level.ERROR, // that what we close is closed already
            "com.networknt", Level.ERROR);

    private Logging() {}

    /** Sets up logging anew; may be called again when settings are known. */
    public static void configure(LogSettings settings) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            configure(context, settings);
        }
    }

    /** From here on these libraries tell of errors only: for a process whose user can do nothing about their warnings. */
    public static void errorsOnly(String... libraries) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            for (String library : libraries) {
                context.getLogger(library).setLevel(Level.ERROR);
            }
        }
    }

    static void configure(LoggerContext context, LogSettings settings) {
        Level level = Level.toLevel(settings.level().name());
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .addAppender(StderrAppender.start(context, isText(settings.format())));
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(ofLibraries(level));
        context.getLogger(OURS).setLevel(level);
        if (level.isGreaterOrEqual(Level.INFO)) {
            QUIETER.forEach((name, quiet) -> context.getLogger(name).setLevel(quieter(quiet, level)));
        }
    }

    private static boolean isText(LogSettings.Format format) {
        return switch (format) {
            case TEXT -> true;
            case JSON -> false;
            case AUTO -> Terminal.isStderr();
        };
    }

    /** They speak up with us when we are told to debug. */
    private static Level ofLibraries(Level ours) {
        if (ours == Level.TRACE) {
            return Level.DEBUG;
        }
        return ours == Level.DEBUG ? Level.INFO : quieter(Level.WARN, ours);
    }

    private static Level quieter(Level one, Level other) {
        return one.isGreaterOrEqual(other) ? one : other;
    }
}
