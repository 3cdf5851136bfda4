package io.toolstream.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A name for a worker that was given none: host and process. */
final class WorkerIds {
    private static final Path HOST_FILE = Path.of("/etc/hostname");

    private WorkerIds() {}

    static String of(Map<String, String> environment) {
        return host(environment) + "-" + ProcessHandle.current().pid();
    }

    /** Not by DNS, which may take long. */
    private static String host(Map<String, String> environment) {
        String host = environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", ""));
        if (!host.isBlank()) {
            return host.strip();
        }
        try {
            String written =
                    Files.isRegularFile(HOST_FILE) ? Files.readString(HOST_FILE).strip() : "";
            return written.isEmpty() ? "worker" : written;
        } catch (IOException e) {
            return "worker";
        }
    }
}
