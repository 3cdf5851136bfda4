package io.toolstream.cli;

import io.toolstream.runtime.logging.Logging;
import io.toolstream.settings.LoadedSettings;
import io.toolstream.settings.LogSettings;
import java.util.Map;

/** How much is logged: little, since a command itself says what its user needs to know. */
public final class Logs {
    private static final String VARIABLE = "TOOLSTREAM_LOG";

    private Logs() {}

    /** Silent, unless {@code TOOLSTREAM_LOG} asks for a level. To be called before a library that logs is loaded. */
    public static void quiet(Map<String, String> environment) {
        if (!environment.containsKey(VARIABLE)) {
            Logging.configure(new LogSettings(LogSettings.Level.OFF, LogSettings.Format.AUTO));
        }
    }

    /**
     * For a whole pipeline in this process, whose user is told on the terminal how it stands: warnings of ours and errors of
     * Kafka, unless somebody set a level.
     */
    public static void ofPipeline(LoadedSettings loaded) {
        LogSettings settings = loaded.settings().log();
        boolean isAsked = loaded.effective().entries().stream()
                .anyMatch(entry ->
                        entry.key().equals("log.level") && !entry.source().equals("default"));
        if (isAsked) {
            Logging.configure(settings);
        } else {
            Logging.configure(new LogSettings(LogSettings.Level.WARN, settings.format()));
            Logging.errorsOnly("org.apache.kafka", "kafka", "state.change.logger");
        }
    }

    /** Whether stack traces are wanted. */
    static boolean isDebug(Map<String, String> environment) {
        String level = environment.getOrDefault(VARIABLE, "");
        return level.equalsIgnoreCase("debug") || level.equalsIgnoreCase("trace");
    }
}
