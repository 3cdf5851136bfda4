package io.toolstream.settings.schema;

import com.networknt.schema.Error;
import io.toolstream.settings.source.DidYouMean;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a violation is called. Quotes the schema and names of properties, never a value of the arguments. */
final class Wording {
    private static final int MOST_TEXT = 200;

    private Wording() {}

    static Violation of(Error error, JsonNode schema) {
        return new Violation(shortened(error.getInstanceLocation().toString()), shortened(message(error, schema)));
    }

    private static String message(Error error, JsonNode schema) {
        Object[] arguments = error.getArguments();
        return switch (error.getKeyword()) {
            case "type" -> "expected " + text(arguments, 1) + ", found " + text(arguments, 0);
            case "required" -> "lacks the required property " + error.getProperty();
            case "enum" -> "expected one of " + text(arguments, 0);
            case "const" -> "expected " + text(arguments, 0);
            case "additionalProperties", "unevaluatedProperties" -> unknown(error, schema);
            default -> error.getMessage();
        };
    }

    private static String unknown(Error error, JsonNode schema) {
        String name = error.getProperty();
        String keyword = String.valueOf(error.getSchemaLocation().getFragment());
        int cut = keyword.lastIndexOf('/');
        JsonNode siblings = cut < 0 ? schema : schema.at(keyword.substring(0, cut));
        List<String> known = List.copyOf(siblings.path("properties").propertyNames());
        return "has no property " + shortened(name) + DidYouMean.hint(known, name);
    }

    private static String text(Object[] arguments, int index) {
        return index < arguments.length ? String.valueOf(arguments[index]) : "something else";
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= MOST_TEXT ? plain : plain.substring(0, MOST_TEXT) + "…";
    }
}
