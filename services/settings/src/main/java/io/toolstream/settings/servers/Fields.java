package io.toolstream.settings.servers;

import io.toolstream.settings.source.Kind;
import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.References;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The fields of one server's entry, with references resolved; what is wrong is noted as a problem and reads as absent. */
record Fields(JsonNode entry, String pointer, References references, Notes notes) {
    boolean has(String name) {
        return !isAbsent(entry.path(name));
    }

    /** The fields of a field that is an object. */
    Fields child(String name) {
        return new Fields(entry.path(name), at(name), references, notes);
    }

    Optional<String> text(String name) {
        return has(name) ? string(entry.path(name), at(name), "a string") : Optional.empty();
    }

    List<String> texts(String name) {
        JsonNode list = entry.path(name);
        List<String> texts = new ArrayList<>();
        if (has(name) && !list.isArray()) {
            problem(name, "expected a list of strings, found " + Kind.of(list));
        }
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            string(list.get(i), Pointers.child(at(name), String.valueOf(i)), "a string")
                    .ifPresent(texts::add);
        }
        return texts;
    }

    Map<String, String> map(String name) {
        JsonNode map = entry.path(name);
        Map<String, String> texts = new LinkedHashMap<>();
        if (has(name) && !map.isObject()) {
            problem(name, "expected an object of strings, found " + Kind.of(map));
        }
        map.forEachEntry((key, value) -> string(value, Pointers.child(at(name), key), "a string, in quotes")
                .ifPresent(text -> texts.put(key, text)));
        return texts;
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = entry.path(name);
        if (has(name) && !value.isBoolean()) {
            problem(name, "expected true or false, found " + Kind.of(value));
        }
        return value.booleanValue(otherwise);
    }

    /** Against a field, or against the whole entry where the name is empty. */
    void problem(String name, String message) {
        notes.problem(at(name), message);
    }

    /** Against one member of a field that is an object. */
    void problem(String name, String key, String message) {
        notes.problem(Pointers.child(at(name), key), message);
    }

    void warning(String name, String key, String message) {
        notes.warning(Pointers.child(at(name), key), message);
    }

    void warning(String name, String message) {
        notes.warning(at(name), message);
    }

    private Optional<String> string(JsonNode value, String at, String expected) {
        if (!value.isString()) {
            notes.problem(at, "expected " + expected + ", found " + Kind.of(value));
            return Optional.empty();
        }
        String text = references
                .expand(value.stringValue(), message -> notes.problem(at, message))
                .text();
        if (text.indexOf('\0') >= 0) {
            notes.problem(at, "holds a NUL character");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private String at(String name) {
        return name.isEmpty() ? pointer : Pointers.child(pointer, name);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
