package io.toolstream.settings.servers;

import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file of variables, {@code NAME=value} a line, as editors and Docker read it; nothing in it is expanded. */
final class EnvFile {
    private EnvFile() {}

    static Map<String, String> read(Path file, Fields fields) {
        Problems problems = new Problems();
        Map<String, String> variables = new LinkedHashMap<>();
        SourceFile.read(file, problems)
                .ifPresent(bytes -> parse(new String(bytes, StandardCharsets.UTF_8), variables, fields));
        problems.sorted().forEach(problem -> fields.problem("envFile", problem.origin() + " " + problem.message()));
        return variables;
    }

    private static void parse(String text, Map<String, String> variables, Fields fields) {
        int number = 0;
        for (String raw : text.split("\\R", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 1) {
                fields.problem("envFile", "line " + number + " of it: expected NAME=value");
                continue;
            }
            String name = line.substring(0, equals).strip().replaceFirst("^export\\s+", "");
            variables.put(name, unquoted(line.substring(equals + 1).strip()));
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(0) == value.charAt(value.length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
