package io.toolstream.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: ours, as the build wrote it down, and Java's. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        try (InputStream resource = VersionText.class.getResourceAsStream("version")) {
            String version =
                    resource == null ? "unknown" : new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
            return new String[] {"toolstream " + version + " (Java " + System.getProperty("java.version") + ")"};
        }
    }
}
