package io.toolstream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.settings.source.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The address of a Redis and its secrets, from a file to what is shown. */
final class RedisSettingsTest {
    @TempDir
    Path folder;

    @Test
    void load_redis_neverShowsItsSecrets() throws IOException {
        Path file = Files.writeString(folder.resolve("toolstream.yaml"), """
                redis:
                  url: rediss://worker:plainly@cache:6380/1
                  secret: ${env:SIGN}
                """);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        LoadedSettings loaded = SettingsLoader.load(new SettingsSources(file, Map.of("SIGN", "s1gned"), List.of()));

        assertThat(loaded.settings().redis().url()).isEqualTo("rediss://worker:plainly@cache:6380/1");
        assertThat(loaded.effective().entries())
                .filteredOn(entry -> entry.key().startsWith("redis."))
                .extracting(EffectiveSettings.Entry::value)
                .contains("rediss://******@cache:6380/1", "******");
        assertThat(loaded.toString()).doesNotContain("plainly").doesNotContain("s1gned");
        assertThat(loaded.warnings()).singleElement().asString().startsWith(file + ":2:8 /redis/url: is a secret");
    }

    @ParameterizedTest
    @CsvSource({"http://host", "redis://", "redis:host", "'redis://u:p w@host'", "redis://u:pass@host#x"})
    void load_badRedisAddress_isRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> SettingsLoader.load(SettingsSources.of("redis.url=" + url)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("/redis/url: must be redis")
                .hasMessageNotContaining("pass@")
                .hasMessageNotContaining("p w");
    }
}
