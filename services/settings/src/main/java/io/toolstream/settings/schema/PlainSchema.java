package io.toolstream.settings.schema;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * A schema of types, properties, elements and words alone, as most tools have it. Tells from the tokens that arguments
 * are right, which is what they nearly always are. What it does not accept may be right nevertheless: that is for the
 * whole schema to judge. Immutable.
 *
 * @param tokens that a value may begin with
 * @param words that a string may be, or null where it may be any
 * @param required the bits of the properties that an object must have
 * @param isOpen whether an object may have other properties
 * @param items what the elements of an array must be, or null where they may be anything
 */
record PlainSchema(
        Set<JsonToken> tokens,
        @Nullable Set<String> words,
        Map<String, Property> properties,
        long required,
        boolean isOpen,
        @Nullable PlainSchema items) {

    /** The {@code bit} of each property is its own. */
    record Property(PlainSchema schema, long bit) {}

    /** Whether these arguments are right for sure. */
    boolean accepts(byte[] json, int offset, int length) {
        try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), json, offset, length)) {
            JsonToken first = parser.nextToken();
            return first != null && accepts(parser, first) && parser.nextToken() == null;
        } catch (JacksonException malformed) {
            return false;
        }
    }

    /** Leaves the parser at the last token of a value that is right. */
    private boolean accepts(JsonParser parser, JsonToken first) {
        if (!tokens.contains(first)) {
            return false;
        }
        return switch (first) {
            case START_OBJECT -> acceptsMembers(parser);
            case START_ARRAY -> acceptsElements(parser);
            case VALUE_STRING -> words == null || words.contains(parser.getString());
            // What a double cannot hold has no type for the whole schema.
            case VALUE_NUMBER_FLOAT -> Double.isFinite(parser.getDoubleValue());
            default -> true;
        };
    }

    private boolean acceptsMembers(JsonParser parser) {
        long seen = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            Property property = properties.get(parser.currentName());
            JsonToken first = parser.nextToken();
            if (property != null && property.schema().accepts(parser, first)) {
                seen |= property.bit();
            } else if (property == null && isOpen) {
                parser.skipChildren();
            } else {
                return false;
            }
        }
        return (seen & required) == required;
    }

    private boolean acceptsElements(JsonParser parser) {
        JsonToken first = parser.nextToken();
        while (first != JsonToken.END_ARRAY) {
            if (items == null) {
                parser.skipChildren();
            } else if (!items.accepts(parser, first)) {
                return false;
            }
            first = parser.nextToken();
        }
        return true;
    }
}
