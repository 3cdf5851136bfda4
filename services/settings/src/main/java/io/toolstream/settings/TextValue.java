package io.toolstream.settings;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A value from where everything is text (variables, flags, references), as the type that its key has. */
final class TextValue {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");

    private TextValue() {}

    /** What does not fit stays text, for the schema to complain about. */
    static JsonNode of(Definition definition, String text) {
        String trimmed = text.strip();
        if (definition.allows("integer") && WHOLE_NUMBER.matcher(trimmed).matches()) {
            return NODES.numberNode(Long.parseLong(trimmed));
        }
        if (definition.allows("string")) {
            return NODES.stringNode(text);
        }
        if (definition.allows("boolean") && (trimmed.equals("true") || trimmed.equals("false"))) {
            return NODES.booleanNode(trimmed.equals("true"));
        }
        if (definition.allows("array") && !trimmed.startsWith("[")) {
            return list(trimmed);
        }
        return trimmed.startsWith("[") || trimmed.startsWith("{") ? json(text) : NODES.stringNode(text);
    }

    private static JsonNode list(String text) {
        ArrayNode list = NODES.arrayNode();
        for (String item : text.split(",", -1)) {
            if (!item.isBlank()) {
                list.add(item.strip());
            }
        }
        return list;
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return NODES.stringNode(text);
        }
    }
}
