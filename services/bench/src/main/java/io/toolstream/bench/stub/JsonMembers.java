package io.toolstream.bench.stub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds members of one JSON object in place. Trusts that the text is well-formed JSON, since the stub's only callers are
 * the clients under measurement; escapes in member names are not resolved.
 */
final class JsonMembers {
    private JsonMembers() {}

    /** A value's bytes in the array it was found in. */
    record Value(byte[] array, int from, int to) {
        byte[] bytes() {
            return Arrays.copyOfRange(array, from, to);
        }

        /** The text of a string without escapes. */
        String string() {
            return new String(array, from + 1, to - from - 2, StandardCharsets.UTF_8);
        }
    }

    static @Nullable Value find(Value object, String name) {
        byte[] json = object.array();
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int at = skipSpace(json, object.from() + 1);
        while (at < object.to() && json[at] == '"') {
            int nameEnd = endOfString(json, at);
            int valueFrom = skipSpace(json, skipSpace(json, nameEnd) + 1);
            int valueTo = endOfValue(json, valueFrom);
            if (Arrays.equals(json, at + 1, nameEnd - 1, wanted, 0, wanted.length)) {
                return new Value(json, valueFrom, valueTo);
            }
            at = skipSpace(json, skipSpace(json, valueTo) + 1);
        }
        return null;
    }

    private static int endOfValue(byte[] json, int from) {
        return switch (json[from]) {
            case '"' -> endOfString(json, from);
            case '{', '[' -> endOfNested(json, from);
            default -> endOfScalar(json, from);
        };
    }

    private static int endOfNested(byte[] json, int from) {
        int depth = 0;
        int at = from;
        do {
            switch (json[at]) {
                case '"' -> at = endOfString(json, at) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            at++;
        } while (depth > 0);
        return at;
    }

    private static int endOfString(byte[] json, int from) {
        int at = from + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int endOfScalar(byte[] json, int from) {
        int at = from;
        while (at < json.length && ",}] \t\r\n".indexOf(json[at]) < 0) {
            at++;
        }
        return at;
    }

    private static int skipSpace(byte[] json, int from) {
        int at = from;
        while (at < json.length && json[at] <= ' ' && json[at] >= 0) {
            at++;
        }
        return at;
    }
}
