package io.toolstream.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in the repository is the one that the schema makes: {@code -Dtoolstream.rewrite=true} makes it anew. */
final class SettingsPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("toolstream.basedir", "../.."), "services", "docs", "settings.md");

    @Test
    void page_isWhatTheSchemaSays() throws IOException {
        if (Boolean.getBoolean("toolstream.rewrite")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, SettingsPage.text());
        }

        assertThat(PAGE).hasContent(SettingsPage.text());
    }

    @Test
    void example_loads(@TempDir Path folder) throws IOException {
        Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(SettingsPage.text());
        assertThat(block.find()).isTrue();
        Path jaas = Files.writeString(
                folder.resolve("jaas"),
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\" password=\"p\";");
        Files.writeString(folder.resolve("mcp.json"), "{\"mcpServers\": {}}");
        Path file = Files.writeString(
                folder.resolve("toolstream.yaml"), block.group(1).replace("/run/secrets/kafka-jaas", jaas.toString()));

        LoadedSettings loaded = SettingsLoader.load(new SettingsSources(file, Map.of(), List.of()));

        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.settings().topics().replyTopics()).containsExactly("inference.replies", "team-*");
    }
}
