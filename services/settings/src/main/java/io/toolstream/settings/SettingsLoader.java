package io.toolstream.settings;

import io.toolstream.settings.source.SettingsException;
import java.util.List;

/** Reads settings from their sources, once, at the start of a process. */
public final class SettingsLoader {
    private SettingsLoader() {}

    /**
     * Layers, validates and binds. Reads files; nothing else.
     *
     * @throws SettingsException with everything that is wrong
     */
    public static LoadedSettings load(SettingsSources sources) {
        if (sources.file() != null) {
            throw new UnsupportedOperationException("not yet: " + sources.file());
        }
        return new LoadedSettings(
                ToolstreamSettings.defaults(), new EffectiveSettings(List.of()), List.of(), List.of());
    }
}
