package io.toolstream.testkit.json;

import io.toolstream.testkit.json.Json.JsonArray;
import io.toolstream.testkit.json.Json.JsonLiteral;
import io.toolstream.testkit.json.Json.JsonNumber;
import io.toolstream.testkit.json.Json.JsonObject;
import io.toolstream.testkit.json.Json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one JSON text, strictly (RFC 8259), by recursive descent. */
final class JsonParser {
    private static final int MAX_DEPTH = 200;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private int position;
    private int depth;

    JsonParser(String text) {
        this.text = text;
    }

    Json parseAll() {
        Json value = value();
        if (position < text.length()) {
            throw refuse("Nothing more was expected");
        }
        return value;
    }

    private Json value() {
        skipSpace();
        if (++depth > MAX_DEPTH) {
            throw refuse("Too deep");
        }
        Json value = switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        };
        depth--;
        skipSpace();
        return value;
    }

    private JsonObject object() {
        int start = position++;
        Map<String, Json> members = new LinkedHashMap<>();
        skipSpace();
        if (!take('}')) {
            do {
                skipSpace();
                String name = string().value();
                skipSpace();
                expect(':');
                if (members.put(name, value()) != null) {
                    throw refuse("Member " + name + " appears twice");
                }
            } while (take(','));
            expect('}');
        }
        return new JsonObject(members, text.substring(start, position));
    }

    private JsonArray array() {
        int start = position++;
        List<Json> items = new ArrayList<>();
        skipSpace();
        if (!take(']')) {
            do {
                items.add(value());
            } while (take(','));
            expect(']');
        }
        return new JsonArray(items, text.substring(start, position));
    }

    private JsonText string() {
        int start = position;
        expect('"');
        StringBuilder value = new StringBuilder();
        while (!take('"')) {
            char c = next();
            if (c < 0x20) {
                throw refuse("A control character in a string");
            }
            value.append(c == '\\' ? escape() : c);
        }
        return new JsonText(value.toString(), text.substring(start, position));
    }

    private char escape() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw refuse("An unknown escape");
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw refuse("Four hexadecimal digits were expected");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private JsonNumber number() {
        Matcher matcher = NUMBER.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            throw refuse("A value was expected");
        }
        position = matcher.end();
        return new JsonNumber(matcher.group());
    }

    private JsonLiteral literal(String word) {
        if (!text.startsWith(word, position)) {
            throw refuse("A value was expected");
        }
        position += word.length();
        return new JsonLiteral(word);
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private char peek() {
        if (position >= text.length()) {
            throw refuse("The text ends too early");
        }
        return text.charAt(position);
    }

    private char next() {
        char c = peek();
        position++;
        return c;
    }

    private boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        position++;
        return true;
    }

    private void expect(char wanted) {
        if (!take(wanted)) {
            throw refuse("'" + wanted + "' was expected");
        }
    }

    private JsonException refuse(String why) {
        return new JsonException(why, position);
    }
}
