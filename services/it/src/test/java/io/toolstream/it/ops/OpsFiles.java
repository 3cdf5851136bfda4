package io.toolstream.it.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of an operator, as Docker and Prometheus read them. */
final class OpsFiles {
    static final Path HOME = Path.of(System.getProperty("toolstream.basedir", "../.."))
            .toAbsolutePath()
            .normalize();
    static final Path OPS = HOME.resolve("ops");
    static final Path RUNBOOK = HOME.resolve("services/docs/runbook");

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-([^}]*)}");

    private OpsFiles() {}

    /** A YAML file, its anchors and merge keys resolved. */
    static JsonNode yaml(Path file) {
        return parsed(text(file));
    }

    static JsonNode parsed(String yaml) {
        return JSON.valueToTree(merged(new Load(LoadSettings.builder().build()).loadFromString(yaml)));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("cannot read " + file, e);
        }
    }

    static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("cannot list " + folder, e);
        }
    }

    /** As Compose does it where no variable is set: the default takes its place, and {@code $$} is one {@code $}. */
    static String interpolated(String text) {
        Matcher variable = VARIABLE.matcher(text);
        return variable.replaceAll(found -> Matcher.quoteReplacement(found.group(2)))
                .replace("$$", "$");
    }

    /** A key of a mapping goes before one that is merged in; ours come after the merge key. */
    private static @Nullable Object merged(@Nullable Object node) {
        if (node instanceof List<?> items) {
            List<@Nullable Object> all = new ArrayList<>();
            items.forEach(item -> all.add(merged(item)));
            return all;
        }
        if (!(node instanceof Map<?, ?> entries)) {
            return node;
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            Object plain = merged(value);
            if ("<<".equals(key) && plain instanceof Map<?, ?> base) {
                base.forEach((name, inherited) -> all.putIfAbsent(String.valueOf(name), inherited));
            } else {
                all.put(String.valueOf(key), plain);
            }
        });
        return all;
    }
}
