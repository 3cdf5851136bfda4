package io.toolstream.settings.source;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Turns one YAML or JSON document into a tree that knows its lines. Plain data only: no tags that make objects, no
 * aliases (an alias bomb is therefore none), bounded in depth. Goes on after a duplicate key, stops at broken syntax.
 */
public final class SourceReader {
    /** How the problem of a second key of the same name begins. */
    public static final String TWICE = "stands here twice";

    private static final int MOST_DEPTH = 64;
    private static final String CORE_TAG = "tag:yaml.org,2002:";
    private static final Set<String> PLAIN_TAGS = Set.of("str", "int", "float", "bool", "null", "seq", "map");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final String place;
    private final Problems problems;
    private final Map<String, Origin> keys = new HashMap<>();
    private final Map<String, Origin> values = new HashMap<>();

    private SourceReader(JsonParser parser, String place, Problems problems) {
        this.parser = parser;
        this.place = place;
        this.problems = problems;
    }

    /** YAML, and so JSON too; an empty document is an empty object. */
    public static SourceTree yaml(byte[] document, String place, Problems problems) {
        return read(
                YAMLFactory.builder()
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .build(),
                document,
                place,
                problems);
    }

    /** JSON as editors write it: comments and trailing commas are welcome. */
    public static SourceTree json(byte[] document, String place, Problems problems) {
        return read(
                JsonFactory.builder()
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                        .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                        .build(),
                document,
                place,
                problems);
    }

    /** JSON as its standard has it. */
    public static SourceTree strictJson(byte[] document, String place, Problems problems) {
        return read(
                JsonFactory.builder()
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .build(),
                document,
                place,
                problems);
    }

    private static SourceTree read(TokenStreamFactory format, byte[] document, String place, Problems problems) {
        if (!Utf8.isValid(document)) {
            problems.add(Problem.of(place, "is not text in UTF-8"));
            return SourceTree.empty(place);
        }
        String text = new String(document, StandardCharsets.UTF_8);
        try (JsonParser parser =
                format.createParser(ObjectReadContext.empty(), text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            return new SourceReader(parser, place, problems).document();
        } catch (JacksonException e) {
            problems.add(SyntaxProblem.of(e, place));
            return SourceTree.empty(place);
        }
    }

    private SourceTree document() {
        JsonToken first = parser.nextToken();
        JsonNode root = first == null ? NODES.objectNode() : value("", 0);
        if (first != null && parser.nextToken() != null) {
            problems.add(new Problem(here(), "", "a second document starts here, expected one"));
        }
        return new SourceTree(place, root, keys, values);
    }

    private JsonNode value(String pointer, int depth) {
        values.put(pointer, here());
        refuseMagic(pointer);
        if (depth > MOST_DEPTH) {
            problems.add(new Problem(here(), pointer, "is nested deeper than " + MOST_DEPTH + " levels"));
            parser.skipChildren();
            return NODES.nullNode();
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(pointer, depth);
            case START_ARRAY -> array(pointer, depth);
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
            case VALUE_NULL -> NODES.nullNode();
            default -> NODES.stringNode(parser.getString());
        };
    }

    private JsonNode object(String pointer, int depth) {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String child = Pointers.child(pointer, name);
            Origin key = here();
            parser.nextToken();
            if (object.has(name)) {
                Origin first = keys.getOrDefault(child, key);
                problems.add(new Problem(key, child, TWICE + ", first in line " + first.line()));
                parser.skipChildren();
            } else {
                keys.put(child, key);
                object.set(name, value(child, depth + 1));
            }
        }
        return object;
    }

    private JsonNode array(String pointer, int depth) {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(Pointers.child(pointer, String.valueOf(array.size())), depth + 1));
        }
        return array;
    }

    private void refuseMagic(String pointer) {
        if (!(parser instanceof YAMLParser yaml)) {
            return;
        }
        if (yaml.isCurrentAlias()) {
            problems.add(new Problem(here(), pointer, "YAML aliases (*name) are not supported: write the value out"));
        }
        String tag = yaml.getTypeId();
        if (tag != null && !isPlain(tag)) {
            problems.add(new Problem(here(), pointer, "YAML tags are not supported: plain values only"));
        }
    }

    private static boolean isPlain(String tag) {
        return tag.startsWith(CORE_TAG) && PLAIN_TAGS.contains(tag.substring(CORE_TAG.length()));
    }

    private Origin here() {
        TokenStreamLocation location = parser.currentTokenLocation();
        return new Origin(place, location.getLineNr(), location.getColumnNr());
    }
}
