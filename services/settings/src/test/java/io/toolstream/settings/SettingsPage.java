package io.toolstream.settings;

import io.toolstream.settings.source.Pointers;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The reference page of the settings, made from their schema and the profiles. */
final class SettingsPage {
    private static final String HEAD = """
            # Settings

            Generated from [`schemas/settings.schema.json`](../../schemas/settings.schema.json); a test fails when it is stale.

            One YAML file, every key optional. Stronger sources win: `--set section.key=value` > environment > file > profile > default.
            `toolstream config check` tells everything that is wrong, by file, line and column; `toolstream config show --effective` tells every value and where it came from.

            ```yaml
            # yaml-language-server: $schema=schemas/settings.schema.json
            profile: local-llm
            kafka:
              bootstrapServers: broker-1:9092,broker-2:9092
              client:
                security.protocol: SASL_SSL
                sasl.mechanism: SCRAM-SHA-512
                sasl.jaas.config: ${file:/run/secrets/kafka-jaas}
            topics:
              replication: 3
              replyTopics: [inference.replies, "team-*"]
            serversFile: mcp.json
            servers:
              filesystem:
                effects: { read_text_file: read, write_file: idempotent }
                mcp:
                  timeouts: { attempt: 5s }
                  breaker: { failures: 5 }
                tools:
                  read_text_file: { timeout: 20s, cache: { ttl: 1m } }
                  write_file: { invalidates: [read_text_file] }
            ```

            - **Environment**: `TOOLSTREAM_` and the path in capitals, two underscores between section and key: `TOOLSTREAM_WORKER__MAX_IN_FLIGHT=100`. Lists are separated by commas. Other variables beginning with `TOOLSTREAM_` (Kubernetes makes some) are passed over.
            - **References**, anywhere in values: `${env:X}`, `${env:X:-default}`, `${file:/run/secrets/x}`; `$${` is a plain `${`. What came by reference is never shown.
            - **Durations** are a whole number and a unit: `250ms`, `5s`, `2m`, `1h`, `7d`. **Sizes**: a number of bytes, or `64KiB`, `1MiB`, `2GiB`.
            - **Defaults follow**: who lowers `mcp.timeouts.call` need not lower `attempt` and `firstByte` too. Two values that are both set and contradict each other are an error.
            - **One server, one tool**: what is said of a tool goes before what is said of its server, and that before what is said of all servers.
            - Plain YAML only: no tags, no aliases.

            """;

    private final StringBuilder page = new StringBuilder(HEAD);
    private final JsonNode cloud = Unbinder.tree(Profile.CLOUD.far());

    private SettingsPage() {}

    static String text() {
        SettingsPage page = new SettingsPage();
        Definition root = SettingsSchema.load().root();
        page.section("Top level", "", root);
        for (String name : root.names()) {
            root.child(name).filter(Definition::isSection).ifPresent(section -> page.sections(name, section));
        }
        page.servers(root.child("servers").orElseThrow());
        return page.page.toString();
    }

    private void sections(String path, Definition section) {
        section("`" + path + "`", path, section);
        for (String name : section.names()) {
            section.child(name).filter(child -> !isRow(child)).ifPresent(inner -> sections(path + "." + name, inner));
        }
    }

    private void servers(Definition servers) {
        Definition server = servers.child("").orElseThrow();
        section("`servers.<name>`", "servers.<name>", server);
        Definition tool =
                server.child("tools").flatMap(tools -> tools.child("")).orElseThrow();
        sections("servers.<name>.tools.<tool>", tool);
    }

    private void section(String title, String path, Definition section) {
        List<String> names = section.names().stream()
                .filter(name -> isRow(section.child(name).orElseThrow()))
                .toList();
        if (names.isEmpty()) {
            return;
        }
        boolean profiled = path.startsWith("mcp");
        page.append("## ").append(title).append("\n\n");
        if (!section.description().isEmpty() && !path.isEmpty()) {
            page.append(section.description()).append("\n\n");
        }
        page.append(
                profiled
                        ? "| key | values | default | in `cloud` | |\n|---|---|---|---|---|\n"
                        : "| key | values | default | |\n|---|---|---|---|\n");
        names.forEach(name -> row(path, name, section.child(name).orElseThrow(), profiled));
        page.append('\n');
    }

    private static boolean isRow(Definition key) {
        return !key.isSection() || key.isPartOfAnother();
    }

    private void row(String path, String name, Definition key, boolean profiled) {
        String usual = key.defaultValue().map(SettingsPage::code).orElse("");
        page.append("| `")
                .append(name)
                .append("` | ")
                .append(values(key))
                .append(" | ")
                .append(usual);
        if (profiled) {
            JsonNode other = cloud.at(pointer(path, name));
            String there = other.isMissingNode() ? "" : code(other);
            page.append(" | ").append(there.equals(usual) ? "" : there);
        }
        page.append(" | ").append(key.description()).append(" |\n");
    }

    private static String pointer(String path, String name) {
        String below = path.equals("mcp") ? "" : "/" + path.substring("mcp.".length());
        return Pointers.child(below, name);
    }

    private static String values(Definition key) {
        String expected = key.expected();
        if (expected.startsWith("a whole number from ")) {
            return expected.substring("a whole number from ".length()).replace(" to ", " – ");
        }
        if (expected.startsWith("one of ")) {
            return expected.substring("one of ".length());
        }
        return List.of("duration", "list", "true or false", "number of bytes", "keys").stream()
                .filter(expected::contains)
                .findFirst()
                .map(kind -> kind.equals("number of bytes") ? "size" : kind)
                .orElse("text");
    }

    private static String code(JsonNode value) {
        return "`" + (value.isString() ? value.stringValue() : value.toString()) + "`";
    }
}
