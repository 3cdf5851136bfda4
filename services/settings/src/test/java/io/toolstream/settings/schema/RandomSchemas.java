package io.toolstream.settings.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plain schemas of all dialects, and arguments of which about half are right and a few are no JSON. */
final class RandomSchemas {
    private static final List<String> DIALECTS = List.of(
            "https://json-schema.org/draft/2020-12/schema",
            "https://json-schema.org/draft/2019-09/schema",
            "http://json-schema.org/draft-07/schema#",
            "http://json-schema.org/draft-06/schema#",
            "http://json-schema.org/draft-04/schema#");
    private static final List<String> TYPES =
            List.of("string", "integer", "number", "boolean", "object", "array", "null");
    private static final List<String> NAMES = List.of("a", "b", "c", "dé", "$schema", "");
    private static final List<String> ODD = List.of(
            "3.0",
            "1e2",
            "1E400",
            "-0",
            "12345678901234567890123",
            "9".repeat(400),
            "1." + "0".repeat(30),
            "8".repeat(10_001),
            "1e99999999999",
            "[".repeat(600) + "]".repeat(600),
            "[[], {\"a\": [1.0]}]",
            "\"\\ud83d\"",
            "\"\\u0000\\/\"",
            "null");

    private final SplittableRandom random;

    RandomSchemas(SplittableRandom random) {
        this.random = random;
    }

    ObjectNode schema(int levels) {
        ObjectNode schema = schemaWithin(levels);
        return isOneOf(3) ? schema.put("$schema", one(DIALECTS)) : schema;
    }

    private ObjectNode schemaWithin(int levels) {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        if (!isOneOf(6)) {
            type(schema, levels > 1 ? "object" : one(TYPES));
        }
        if (isOneOf(8)) {
            schema.putArray("enum").add("x").add("yé");
        }
        if (isOneOf(3)) {
            schema.put("description", "d").put("default", 5);
        }
        if (levels > 0 && !isOneOf(6)) {
            properties(schema, levels);
        }
        if (levels > 0 && isOneOf(3)) {
            schema.set("items", schemaWithin(levels - 1));
        }
        if (isOneOf(3)) {
            schema.put("additionalProperties", isOneOf(3));
        }
        return schema;
    }

    private void type(ObjectNode schema, String type) {
        if (isOneOf(4)) {
            schema.putArray("type").add(type).add(type.equals("array") ? "null" : "array");
        } else {
            schema.put("type", type);
        }
    }

    private void properties(ObjectNode schema, int levels) {
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.MAPPER.createArrayNode();
        for (String name : NAMES) {
            if (isOneOf(2)) {
                properties.set(name, schemaWithin(random.nextInt(levels)));
                if (isOneOf(3)) {
                    required.add(name);
                }
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    byte[] arguments(JsonNode schema) {
        byte[] json = (value(schema) + (isOneOf(40) ? "{}" : "")).getBytes(UTF_8);
        if (json.length > 0 && isOneOf(10)) {
            json[random.nextInt(json.length)] = (byte) random.nextInt();
        }
        return json;
    }

    private String value(JsonNode schema) {
        if (isOneOf(25)) {
            return one(ODD);
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(random.nextInt(2)).asString() : type.asString(one(TYPES))) {
            case "string" -> one(List.of("\"x\"", "\"yé\"", "\"z\\n\"", "\"\""));
            case "integer" -> one(List.of("1", "-20", "3.0"));
            case "number" -> one(List.of("1", "2.5", "-1e-3"));
            case "boolean" -> one(List.of("true", "false"));
            case "object" -> object(schema);
            case "array" -> array(schema);
            default -> "null";
        };
    }

    private String object(JsonNode schema) {
        StringBuilder json = new StringBuilder("{");
        for (String name : NAMES) {
            JsonNode property = schema.path("properties").path(name);
            boolean isWanted = property.isMissingNode() ? isOneOf(20) : !isOneOf(8);
            for (int times = isOneOf(20) ? 2 : 1; isWanted && times > 0; times--) {
                json.append(json.length() == 1 ? "" : ", ").append(Json.MAPPER.writeValueAsString(name));
                json.append(": ").append(value(property));
            }
        }
        return json.append('}').toString();
    }

    private String array(JsonNode schema) {
        StringBuilder json = new StringBuilder("[");
        for (int left = random.nextInt(4); left > 0; left--) {
            json.append(json.length() == 1 ? "" : ",").append(value(schema.path("items")));
        }
        return json.append(']').toString();
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean isOneOf(int chances) {
        return random.nextInt(chances) == 0;
    }
}
