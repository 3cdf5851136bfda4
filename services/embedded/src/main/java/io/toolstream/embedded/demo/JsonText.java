package io.toolstream.embedded.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON as much as the demo needs it: text in and out of {@link Map}, {@link List}, {@link String}, {@link BigDecimal},
 * {@link Boolean} and null. Strict; not made for speed.
 */
final class JsonText {
    private static final int MAX_DEPTH = 64;

    private final String text;
    private int position;
    private int depth;

    private JsonText(String text) {
        this.text = text;
    }

    /** Reads one value that fills the whole text. */
    static @Nullable Object read(String text) {
        JsonText reader = new JsonText(text);
        Object value = reader.value();
        if (reader.position < text.length()) {
            throw reader.refuse("nothing more was expected");
        }
        return value;
    }

    static String write(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            return members.entrySet().stream()
                    .map(member -> quote(String.valueOf(member.getKey())) + ":" + write(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> items) {
            return items.stream().map(JsonText::write).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String string ? quote(string) : String.valueOf(value);
    }

    private static String quote(String value) {
        StringBuilder out = new StringBuilder("\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.append('"').toString();
    }

    private @Nullable Object value() {
        skipSpace();
        if (++depth > MAX_DEPTH) {
            throw refuse("this is too deep");
        }
        Object value = switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
        depth--;
        skipSpace();
        return value;
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        position++;
        skipSpace();
        if (!take('}')) {
            do {
                skipSpace();
                String name = string();
                skipSpace();
                expect(':');
                members.put(name, value());
            } while (take(','));
            expect('}');
        }
        return members;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> items = new ArrayList<>();
        position++;
        skipSpace();
        if (!take(']')) {
            do {
                items.add(value());
            } while (take(','));
            expect(']');
        }
        return items;
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (!take('"')) {
            char c = next();
            if (c < 0x20) {
                throw refuse("a control character must be escaped");
            }
            value.append(c == '\\' ? escape() : c);
        }
        return value.toString();
    }

    private char escape() {
        char c = next();
        int known = "\"\\/bfnrt".indexOf(c);
        if (known >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(known);
        }
        if (c != 'u' || position + 4 > text.length()) {
            throw refuse("this escape is unknown");
        }
        position += 4;
        return (char) Integer.parseInt(text.substring(position - 4, position), 16);
    }

    private @Nullable Object word() {
        int start = position;
        while (position < text.length() && ",]} \t\r\n".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(start, position);
        return switch (word) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> number(word);
        };
    }

    private BigDecimal number(String word) {
        if (!word.matches("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,99})?([eE][+-]?[0-9]{1,3})?")) {
            throw refuse("a value was expected");
        }
        return new BigDecimal(word);
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private char peek() {
        if (position >= text.length()) {
            throw refuse("the text ends too early");
        }
        return text.charAt(position);
    }

    private char next() {
        char c = peek();
        position++;
        return c;
    }

    private boolean take(char wanted) {
        boolean isThere = peek() == wanted;
        if (isThere) {
            position++;
        }
        return isThere;
    }

    private void expect(char wanted) {
        if (!take(wanted)) {
            throw refuse("'" + wanted + "' was expected");
        }
    }

    private IllegalArgumentException refuse(String why) {
        return new IllegalArgumentException("Not JSON at character " + position + ": " + why);
    }
}
