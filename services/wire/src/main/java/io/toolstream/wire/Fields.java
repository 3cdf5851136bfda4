package io.toolstream.wire;

import io.toolstream.wire.json.JsonArray;
import io.toolstream.wire.json.JsonKind;
import io.toolstream.wire.json.JsonLimits;
import io.toolstream.wire.json.JsonObject;
import io.toolstream.wire.json.JsonSpan;
import io.toolstream.wire.json.JsonValue;
import io.toolstream.wire.json.Quoted;
import io.toolstream.wire.json.Utf8;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one of our JSON objects, read by type. A field that is not what was asked for is a problem, and reads as
 * absent.
 */
final class Fields {
    /** Longer than any number that fits a long, exponents included. */
    private static final int INTEGER_CHARS = 40;

    private static final int PLAIN_INTEGER_CHARS = 18;

    private static final JsonObject NO_FIELDS =
            JsonObject.read(JsonSpan.of(new byte[] {'{', '}'}), JsonLimits.GENEROUS, "");

    private final JsonObject object;
    private final Problems problems;

    Fields(JsonObject object, Problems problems) {
        this.object = object;
        this.problems = problems;
        problems.add(object.fault());
    }

    /** The fields of a record's value that should be one of our objects. */
    static Fields ofValue(byte @Nullable [] value, int maxBytes, Problems problems) {
        return ofValue(value, maxBytes, JsonLimits.GENEROUS, problems);
    }

    /** The same, under limits of its own. */
    static Fields ofValue(byte @Nullable [] value, int maxBytes, JsonLimits limits, Problems problems) {
        JsonSpan json = JsonSpan.of(value == null ? new byte[0] : value);
        if (json.length() > maxBytes) {
            problems.add(
                    ErrorCode.TOO_LARGE,
                    "the value has " + json.length() + " bytes, at most " + maxBytes + " expected");
            return new Fields(NO_FIELDS, problems);
        }
        int malformed = Utf8.firstMalformed(json);
        if (malformed >= 0) {
            problems.add(ErrorCode.NOT_UTF8, "the value is not UTF-8 at byte " + malformed);
        }
        return new Fields(JsonObject.read(json, limits, ""), problems);
    }

    Iterable<String> names() {
        return object.names();
    }

    boolean has(String name) {
        return object.field(name) != null;
    }

    @Nullable
    JsonValue field(String name) {
        return object.field(name);
    }

    String pointerTo(String name) {
        return object.pointerTo(name);
    }

    /** Text of any content and length. */
    @Nullable
    String text(String name) {
        JsonValue value = field(name, JsonKind.STRING, "a string");
        return value == null ? null : value.text();
    }

    /** Text as the rule wants it. */
    @Nullable
    String text(String name, TextRule rule) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        String broken = rule.broken(text);
        if (broken != null) {
            problems.add(ErrorCode.INVALID_VALUE, pointerTo(name) + " " + broken);
            return null;
        }
        return text;
    }

    /** Text, or a problem and "" where it is absent. */
    String requiredText(String name) {
        String text = text(name);
        return text == null ? missing(name, "a string", "") : text;
    }

    /** The same as the rule wants it. */
    String requiredText(String name, TextRule rule) {
        String text = text(name, rule);
        return text == null ? missing(name, "a string", "") : text;
    }

    @Nullable
    Boolean bool(String name) {
        JsonValue value = field(name, JsonKind.BOOLEAN, "a boolean");
        return value == null ? null : value.text().equals("true");
    }

    /** A boolean, or a problem and false where it is absent. */
    boolean requiredBool(String name) {
        Boolean value = bool(name);
        return value == null ? missing(name, "a boolean", false) : value;
    }

    /** An integer in any notation JSON has for it ({@code 5}, {@code 5.0}, {@code 5e0}). */
    @Nullable
    Long integer(String name) {
        JsonValue value = field(name, JsonKind.NUMBER, "an integer");
        if (value == null) {
            return null;
        }
        Long integer = integerOf(value.text());
        if (integer == null) {
            problems.add(ErrorCode.WRONG_TYPE, pointerTo(name) + " is no integer of 64 bits, as expected");
        }
        return integer;
    }

    /** An integer of at least {@code min}, or a problem and {@code min} where it is absent or less. */
    long requiredInteger(String name, long min, long max) {
        Long integer = integer(name);
        if (integer == null) {
            return missing(name, "an integer", min);
        }
        if (integer < min || integer > max) {
            problems.add(
                    ErrorCode.INVALID_VALUE, pointerTo(name) + " is " + integer + ", expected " + min + " to " + max);
            return min;
        }
        return integer;
    }

    private static @Nullable Long integerOf(String number) {
        if (number.length() > INTEGER_CHARS) {
            return null;
        }
        try {
            return number.length() <= PLAIN_INTEGER_CHARS
                            && number.indexOf('.') < 0
                            && number.indexOf('e') < 0
                            && number.indexOf('E') < 0
                    ? Long.parseLong(number)
                    : new BigDecimal(number).longValueExact();
        } catch (ArithmeticException | NumberFormatException noInteger) {
            return null;
        }
    }

    /** The constant of an enum whose word stands there. */
    <E> @Nullable E word(String name, E[] constants, Function<E, String> word) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        Optional<E> found = Words.find(constants, word, text);
        if (found.isEmpty()) {
            problems.add(
                    ErrorCode.INVALID_VALUE,
                    pointerTo(name) + " is " + Quoted.of(text) + ", expected one of " + Words.all(constants, word));
        }
        return found.orElse(null);
    }

    /** The same, or a problem and {@code ifAbsent}. */
    <E> E requiredWord(String name, E[] constants, Function<E, String> word, E ifAbsent) {
        E found = word(name, constants, word);
        return found == null ? missing(name, "one of " + Words.all(constants, word), ifAbsent) : found;
    }

    /** A problem where this word does not stand there. */
    void requireWord(String name, String word) {
        requiredWord(name, new String[] {word}, Function.identity(), word);
    }

    /** An object that is not ours, as its bytes. */
    @Nullable
    RawJson rawObject(String name) {
        JsonValue value = field(name, JsonKind.OBJECT, "an object");
        return value == null ? null : raw(value.span());
    }

    /** The same, or a problem and an empty object where it is absent. */
    RawJson requiredRawObject(String name) {
        RawJson value = rawObject(name);
        return value == null ? missing(name, "an object", RawJson.EMPTY_OBJECT) : value;
    }

    /** Any JSON value, as its bytes. */
    @Nullable
    RawJson raw(String name) {
        JsonValue value = object.field(name);
        return value == null ? null : raw(value.span());
    }

    @Nullable
    JsonValue array(String name) {
        return field(name, JsonKind.ARRAY, "an array");
    }

    /** The texts of an array; an element that is something else is a problem. None where it is absent. */
    List<String> texts(String name) {
        JsonValue array = array(name);
        List<JsonValue> elements = array == null ? null : JsonArray.elements(array.span(), Integer.MAX_VALUE);
        List<String> texts = new ArrayList<>();
        for (JsonValue element : elements == null ? List.<JsonValue>of() : elements) {
            if (element.kind() == JsonKind.STRING) {
                texts.add(element.text());
            } else {
                problems.add(
                        ErrorCode.WRONG_TYPE,
                        pointerTo(name) + "/" + texts.size() + " is "
                                + element.kind().words() + ", expected a text");
            }
        }
        return texts;
    }

    /** The fields of an object of ours; their problems are those of this object. */
    @Nullable
    Fields nested(String name) {
        JsonObject along = object.along(name);
        if (along != null) {
            return new Fields(along, problems);
        }
        JsonValue value = field(name, JsonKind.OBJECT, "an object");
        return value == null
                ? null
                : new Fields(JsonObject.read(value.span(), JsonLimits.GENEROUS, pointerTo(name)), problems);
    }

    /** The same, or a problem and no fields where it is absent. */
    Fields requiredNested(String name) {
        Fields nested = nested(name);
        return nested == null ? missing(name, "an object", new Fields(NO_FIELDS, problems)) : nested;
    }

    /** The objects of an array; an element that is something else is a problem, and so is the absence of any. */
    List<Fields> requiredObjects(String name) {
        List<Fields> objects = optionalObjects(name);
        return objects.isEmpty() ? missing(name, "an array of objects", List.of()) : objects;
    }

    /** The same where there may be none. */
    List<Fields> optionalObjects(String name) {
        JsonValue array = array(name);
        List<JsonValue> elements = array == null ? null : JsonArray.elements(array.span(), Integer.MAX_VALUE);
        if (elements == null) {
            return List.of();
        }
        List<Fields> objects = new ArrayList<>(elements.size());
        for (JsonValue element : elements) {
            String pointer = pointerTo(name) + "/" + objects.size();
            objects.add(new Fields(JsonObject.read(element.span(), JsonLimits.GENEROUS, pointer), problems));
        }
        return objects;
    }

    private @Nullable JsonValue field(String name, JsonKind kind, String expected) {
        JsonValue value = object.field(name);
        if (value == null || value.kind() == kind) {
            return value;
        }
        problems.add(
                ErrorCode.WRONG_TYPE, pointerTo(name) + " is " + value.kind().words() + ", expected " + expected);
        return null;
    }

    private <T> T missing(String name, String expected, T instead) {
        problems.add(ErrorCode.MISSING_FIELD, pointerTo(name) + " is missing, expected " + expected);
        return instead;
    }

    static RawJson raw(JsonSpan span) {
        return RawJson.of(span.array(), span.offset(), span.length());
    }
}
