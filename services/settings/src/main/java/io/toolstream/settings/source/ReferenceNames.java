package io.toolstream.settings.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the braces of a reference, and where its value is found.
 *
 * @param isPlainAllowed whether {@code ${X}} is a variable; in settings only {@code ${env:X}} is
 */
record ReferenceNames(Map<String, String> environment, Map<String, String> fixed, boolean isPlainAllowed) {
    private static final Resolved NOTHING = new Resolved("", false);

    ReferenceNames {
        environment = Map.copyOf(environment);
        fixed = Map.copyOf(fixed);
    }

    Resolved resolve(String body, Consumer<String> report) {
        int cut = body.indexOf(":-");
        String name = cut < 0 ? body : body.substring(0, cut);
        String otherwise = cut < 0 ? null : body.substring(cut + 2);
        if (body.contains("${")) {
            report.accept("has a reference within a reference, which is not supported");
            return NOTHING;
        }
        if (name.startsWith("env:")) {
            return variable(name.substring(4), otherwise, report);
        }
        if (name.startsWith("file:")) {
            return file(name.substring(5), report);
        }
        return isPlainAllowed ? plain(name, otherwise, report) : refused(name, report);
    }

    private Resolved plain(String name, @Nullable String otherwise, Consumer<String> report) {
        String meaning = fixed.get(name);
        if (meaning != null) {
            return new Resolved(meaning, false);
        }
        if (name.startsWith("input:")) {
            return input(name.substring(6), otherwise, report);
        }
        return name.contains(":") ? refused(name, report) : variable(name, otherwise, report);
    }

    /** Editors ask for inputs; here they come from the environment, under their own name or written as variables are. */
    private Resolved input(String id, @Nullable String otherwise, Consumer<String> report) {
        String variable = id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return environment.containsKey(id)
                ? variable(id, otherwise, report)
                : variable(variable, otherwise, message -> report.accept("needs input " + id + ": " + message));
    }

    /** As in a shell, an empty variable counts as unset where there is a default. */
    private Resolved variable(String name, @Nullable String otherwise, Consumer<String> report) {
        String value = environment.get(name);
        if (otherwise != null && (value == null || value.isEmpty())) {
            return new Resolved(otherwise, false);
        }
        if (value == null) {
            report.accept("the environment variable " + name + " is not set and has no default");
            return NOTHING;
        }
        return new Resolved(value, true);
    }

    private static Resolved file(String name, Consumer<String> report) {
        try {
            Path path = Path.of(name);
            if (!path.isAbsolute()) {
                report.accept("the file of a reference must be an absolute path");
                return NOTHING;
            }
            Problems problems = new Problems();
            Optional<byte[]> content = SourceFile.read(path, problems);
            problems.sorted()
                    .forEach(problem -> report.accept("the file " + problem.origin() + " " + problem.message()));
            return content.map(bytes -> new Resolved(text(bytes), true)).orElse(NOTHING);
        } catch (InvalidPathException e) {
            report.accept("the file of a reference is not a path");
            return NOTHING;
        }
    }

    /** Without the line end that editors and {@code echo} leave. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
    }

    private Resolved refused(String name, Consumer<String> report) {
        String known = isPlainAllowed
                ? "${X}, ${X:-default}, ${env:X}, ${file:/path}"
                : "${env:X}, ${env:X:-default}, ${file:/path}";
        report.accept("${" + name + "} is not a reference: " + known + " are; $${ stands for a plain ${");
        return NOTHING;
    }

    record Resolved(String value, boolean isSecret) {
        /** Without the value, which may be secret. */
        @Override
        public String toString() {
            return "Resolved";
        }
    }
}
