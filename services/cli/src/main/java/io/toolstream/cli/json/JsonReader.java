package io.toolstream.cli.json;

import io.toolstream.cli.json.JsonTree.Kind;
import io.toolstream.wire.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads text into {@link JsonTree}s, strictly: one value, no duplicate names, nested at most as deep as Jackson allows. */
public final class JsonReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern SOURCE = Pattern.compile(" \\(start marker at .*\\)", Pattern.DOTALL);

    private JsonReader() {}

    public static JsonTree read(RawJson json) throws JsonProblem {
        return read(json.text());
    }

    public static JsonTree read(String json) throws JsonProblem {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new JsonProblem("empty, a JSON value expected");
            }
            JsonTree tree = value(parser, first);
            if (parser.nextToken() != null) {
                throw new JsonProblem(where(parser.currentTokenLocation()) + ": more text after the JSON value");
            }
            return tree;
        } catch (JacksonException e) {
            throw new JsonProblem(where(e.getLocation()) + ": " + words(e));
        }
    }

    /** Without what Jackson says of where the text came from, which is nothing. */
    private static String words(JacksonException e) {
        return SOURCE.matcher(e.getOriginalMessage()).replaceAll("");
    }

    private static JsonTree value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> JsonTree.scalar(Kind.STRING, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonTree.scalar(Kind.NUMBER, parser.getString());
            case VALUE_TRUE, VALUE_FALSE -> JsonTree.scalar(Kind.BOOLEAN, parser.getString());
            default -> JsonTree.scalar(Kind.NULL, "null");
        };
    }

    private static JsonTree object(JsonParser parser) {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            members.put(name, value(parser, parser.nextToken()));
        }
        return JsonTree.object(members);
    }

    private static JsonTree array(JsonParser parser) {
        List<JsonTree> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token));
        }
        return JsonTree.array(items);
    }

    private static String where(TokenStreamLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
