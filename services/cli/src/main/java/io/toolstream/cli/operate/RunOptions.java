package io.toolstream.cli.operate;

import io.toolstream.cli.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a part that runs on its own is told: settings, and which Kafka. */
final class RunOptions {
    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Where Kafka is; over the settings.")
    private @Nullable String bootstrap;

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    /** As {@link SettingsOptions#load}. */
    Loaded load(Console console) {
        return bootstrap == null
                ? settings.load(console)
                : settings.load(console, "kafka.bootstrapServers=" + bootstrap);
    }
}
