package io.toolstream.cli.broker;

import io.toolstream.settings.LoadedSettings;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.settings.ToolstreamSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the broker is, and what they come to. */
public final class BrokerOptions {
    private static final String VARIABLE = "TOOLSTREAM_BOOTSTRAP";

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description =
                    "Where Kafka is. Otherwise $TOOLSTREAM_BOOTSTRAP, the settings, a running 'toolstream dev', localhost:9092.")
    private @Nullable String bootstrap;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings (YAML): Kafka's address and client properties, the topics' prefix.")
    private @Nullable Path config;

    /** Strongest first: flag, variable, settings, a running {@code dev}, the default. */
    public Endpoint endpoint(Map<String, String> environment) {
        Optional<LoadedSettings> loaded = load(environment);
        ToolstreamSettings settings = settings(loaded);
        Address address = flag().or(() -> variable(environment))
                .or(() -> loaded.flatMap(BrokerOptions::fromSettings))
                .or(() -> running(environment))
                .orElse(new Address(settings.kafka().bootstrapServers(), "the default"));
        return new Endpoint(
                address.bootstrapServers(),
                address.origin(),
                settings.topics().prefix(),
                settings.kafka().client());
    }

    private record Address(String bootstrapServers, String origin) {}

    private Optional<Address> flag() {
        return Optional.ofNullable(bootstrap).map(value -> new Address(value, "from --bootstrap"));
    }

    private static Optional<Address> variable(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(value -> !value.isBlank())
                .map(value -> new Address(value, "from $" + VARIABLE));
    }

    private static Optional<Address> fromSettings(LoadedSettings loaded) {
        return loaded.effective().entries().stream()
                .filter(entry -> entry.key().equals("kafka.bootstrapServers"))
                .filter(entry -> !entry.source().equals("default"))
                .findFirst()
                .map(entry -> new Address(loaded.settings().kafka().bootstrapServers(), "from " + entry.source()));
    }

    private static Optional<Address> running(Map<String, String> environment) {
        return AddressFile.of(environment)
                .read()
                .map(dev -> new Address(dev.bootstrapServers(), "a running 'toolstream dev'"));
    }

    /** The settings these options name; the defaults where they name none. */
    public ToolstreamSettings settings(Map<String, String> environment) {
        return settings(load(environment));
    }

    private static ToolstreamSettings settings(Optional<LoadedSettings> loaded) {
        return loaded.map(LoadedSettings::settings).orElseGet(ToolstreamSettings::defaults);
    }

    /** Reading settings takes its time: done only where there are any. */
    private Optional<LoadedSettings> load(Map<String, String> environment) {
        boolean isSet =
                environment.keySet().stream().anyMatch(name -> name.startsWith("TOOLSTREAM_") && name.contains("__"));
        return config == null && !isSet
                ? Optional.empty()
                : Optional.of(SettingsLoader.load(new SettingsSources(config, environment, List.of())));
    }
}
