package io.toolstream.runtime.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.toolstream.settings.LogSettings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Logging before settings are known: logback finds this class by its service file. The level is that of the variable
 * {@code TOOLSTREAM_LOG}. Who brings a {@code logback.xml} gets that instead.
 */
public final class DefaultLogging extends ContextAwareBase implements Configurator {
    private static final String VARIABLE = "TOOLSTREAM_LOG";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null || has("logback.xml") || has("logback-test.xml")) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Logging.configure(context, new LogSettings(level(System.getenv(VARIABLE)), LogSettings.Format.AUTO));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Of what is no level, the default: the settings will complain about it. */
    static LogSettings.Level level(@Nullable String text) {
        return Arrays.stream(LogSettings.Level.values())
                .filter(level -> level.name().equalsIgnoreCase(text))
                .findFirst()
                .orElse(LogSettings.DEFAULT.level());
    }

    private static boolean has(String resource) {
        return DefaultLogging.class.getClassLoader().getResource(resource) != null;
    }
}
