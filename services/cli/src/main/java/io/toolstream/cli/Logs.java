package io.toolstream.cli;

import io.toolstream.runtime.logging.Logging;
import io.toolstream.settings.LogSettings;
import java.util.Map;

/** What libraries say while a short command runs: nothing, since the command itself says what its user needs to know. */
public final class Logs {
    private static final String VARIABLE = "TOOLSTREAM_LOG";

    private Logs() {}

    /** Silent, unless {@code TOOLSTREAM_LOG} asks for a level. To be called before a library that logs is loaded. */
    public static void quiet(Map<String, String> environment) {
        if (!environment.containsKey(VARIABLE)) {
            Logging.configure(new LogSettings(LogSettings.Level.OFF, LogSettings.Format.AUTO));
        }
    }

    /** Whether stack traces are wanted. */
    static boolean isDebug(Map<String, String> environment) {
        String level = environment.getOrDefault(VARIABLE, "");
        return level.equalsIgnoreCase("debug") || level.equalsIgnoreCase("trace");
    }
}
