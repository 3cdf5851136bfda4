package io.toolstream.settings;

import java.util.List;

/** Every setting with the value that holds and where it came from; secrets are masked. */
public record EffectiveSettings(List<Entry> entries) {
    public EffectiveSettings {
        entries = List.copyOf(entries);
    }

    /**
     * One setting.
     *
     * @param key {@code worker.maxInFlight}
     * @param value as it would stand in YAML; {@code ******} for a secret
     * @param source {@code default}, {@code profile cloud}, {@code follows mcp.timeouts.call}, {@code toolstream.yaml:12:5},
     *     {@code environment TOOLSTREAM_…}, {@code --set …}; in brackets behind it, that of another value for remote servers
     */
    public record Entry(String key, String value, String source) {
        /** Whether the operator set it, rather than a default, the profile, or another setting that it follows. */
        public boolean isSet() {
            return !source.equals("default")
                    && !source.startsWith("default (")
                    && !source.startsWith("profile ")
                    && !source.startsWith("follows ");
        }
    }
}
