package io.toolstream.cli.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One JSON value to look into. What is not there is empty, so that paths can be followed without asking at each step.
 *
 * @param text a string's content; a number or literal as written; empty for objects and arrays
 */
public record JsonTree(Kind kind, String text, Map<String, JsonTree> members, List<JsonTree> items) {
    /** The kinds of JSON values. */
    public enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }

    static JsonTree scalar(Kind kind, String text) {
        return new JsonTree(kind, text, Map.of(), List.of());
    }

    static JsonTree object(Map<String, JsonTree> members) {
        return new JsonTree(Kind.OBJECT, "", members, List.of());
    }

    static JsonTree array(List<JsonTree> items) {
        return new JsonTree(Kind.ARRAY, "", Map.of(), List.copyOf(items));
    }

    public boolean is(Kind other) {
        return kind == other;
    }

    /** The member at the end of a path of names. */
    public Optional<JsonTree> at(String... names) {
        Optional<JsonTree> value = Optional.of(this);
        for (String name : names) {
            value = value.map(object -> object.members.get(name));
        }
        return value;
    }

    /** The content of the string at the end of a path of names. */
    public Optional<String> string(String... names) {
        return at(names).filter(value -> value.is(Kind.STRING)).map(JsonTree::text);
    }

    /** The items of the array at the end of a path; none where there is no array. */
    public List<JsonTree> itemsAt(String... names) {
        return at(names).map(JsonTree::items).orElse(List.of());
    }

    public boolean isTrue(String... names) {
        return at(names)
                .filter(value -> value.is(Kind.BOOLEAN) && value.text().equals("true"))
                .isPresent();
    }
}
