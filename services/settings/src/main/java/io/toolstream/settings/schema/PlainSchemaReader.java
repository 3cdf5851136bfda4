package io.toolstream.settings.schema;

import static java.util.Objects.requireNonNull;

import io.toolstream.settings.schema.PlainSchema.Property;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** Finds out whether a schema is a plain one. What stands in it has been checked against its dialect; all dialects agree on it. */
final class PlainSchemaReader {
    /** The last four say nothing about what is right. */
    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "type",
            "enum",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "title",
            "description",
            "default",
            "examples");

    /** As many as there are bits. */
    private static final int MOST_PROPERTIES = Long.SIZE;

    /** So few that the whole schema would not run out of depth either. */
    private static final int MOST_LEVELS = 16;

    private PlainSchemaReader() {}

    /** The same schema as a plain one, or null where it says more than that can. */
    static @Nullable PlainSchema read(JsonNode schema) {
        return isPlain(schema, 1) ? plain(schema) : null;
    }

    private static boolean isPlain(JsonNode schema, int level) {
        return schema.isObject()
                && level <= MOST_LEVELS
                && KEYWORDS.containsAll(schema.propertyNames())
                && (!schema.has("enum") || schema.path("enum").valueStream().allMatch(JsonNode::isString))
                && (!schema.has("additionalProperties")
                        || schema.path("additionalProperties").isBoolean())
                && (!schema.has("items") || isPlain(schema.path("items"), level + 1))
                && arePlain(schema.path("properties"), level + 1)
                && schema.path("required")
                        .valueStream()
                        .allMatch(name -> schema.path("properties").has(name.asString()));
    }

    private static boolean arePlain(JsonNode properties, int level) {
        return properties.size() <= MOST_PROPERTIES
                && properties.valueStream().allMatch(property -> isPlain(property, level));
    }

    private static PlainSchema plain(JsonNode schema) {
        Map<String, Property> properties = new HashMap<>();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            properties.put(property.getKey(), new Property(plain(property.getValue()), 1L << properties.size()));
        }
        long required = schema.path("required")
                .valueStream()
                .map(name -> requireNonNull(properties.get(name.asString())))
                .mapToLong(Property::bit)
                .reduce(0, (some, more) -> some | more);
        boolean isOpen = schema.path("additionalProperties").asBoolean(true);
        PlainSchema items = schema.has("items") ? plain(schema.path("items")) : null;
        return new PlainSchema(tokens(schema), words(schema), Map.copyOf(properties), required, isOpen, items);
    }

    private static Set<JsonToken> tokens(JsonNode schema) {
        JsonNode type = schema.path("type");
        Set<JsonToken> tokens = EnumSet.noneOf(JsonToken.class);
        if (type.isMissingNode()) {
            tokens.addAll(EnumSet.allOf(JsonToken.class));
        } else if (type.isString()) {
            tokens.addAll(tokens(type.asString()));
        } else {
            type.forEach(one -> tokens.addAll(tokens(one.asString())));
        }
        if (schema.has("enum")) {
            tokens.retainAll(tokens("string"));
        }
        return tokens;
    }

    /** A number with a fraction may be an integer too, by some dialects and if the fraction is zero: that is not told here. */
    private static Set<JsonToken> tokens(String type) {
        return switch (type) {
            case "string" -> EnumSet.of(JsonToken.VALUE_STRING);
            case "integer" -> EnumSet.of(JsonToken.VALUE_NUMBER_INT);
            case "number" -> EnumSet.of(JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT);
            case "boolean" -> EnumSet.of(JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE);
            case "object" -> EnumSet.of(JsonToken.START_OBJECT);
            case "array" -> EnumSet.of(JsonToken.START_ARRAY);
            case "null" -> EnumSet.of(JsonToken.VALUE_NULL);
            default -> EnumSet.noneOf(JsonToken.class);
        };
    }

    private static @Nullable Set<String> words(JsonNode schema) {
        return schema.has("enum")
                ? schema.path("enum").valueStream().map(JsonNode::asString).collect(Collectors.toUnmodifiableSet())
                : null;
    }
}
