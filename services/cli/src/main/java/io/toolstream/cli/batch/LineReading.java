package io.toolstream.cli.batch;

import io.toolstream.cli.batch.Item.Wrong;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.json.JsonArray;
import io.toolstream.wire.json.JsonFault;
import io.toolstream.wire.json.JsonKind;
import io.toolstream.wire.json.JsonLimits;
import io.toolstream.wire.json.JsonObject;
import io.toolstream.wire.json.JsonSpan;
import io.toolstream.wire.json.JsonValue;
import io.toolstream.wire.json.Quoted;
import io.toolstream.wire.json.Utf8;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the calls of a line, in whichever form it has. Never throws. */
final class LineReading {
    private static final String EXPECTED =
            "expected a call {\"server\",\"tool\",\"arguments\"}, an OpenAI tool call, a tool_use block, or an assistant"
                    + " message with such";
    private static final int MOST_CALLS = 1_000;

    private final ContractCall contractCall;

    LineReading(InstantSource clock) {
        this.contractCall = new ContractCall(clock);
    }

    /** None for a message of an assistant that calls nothing. */
    List<Item> read(CallLine line) {
        byte[] bytes = line.bytes();
        if (bytes == null) {
            return List.of(new Wrong(ErrorCode.TOO_LARGE, "longer than " + CallLines.MAX_LINE_BYTES + " bytes", null));
        }
        JsonSpan span = JsonSpan.of(bytes);
        int malformed = Utf8.firstMalformed(span);
        if (malformed >= 0) {
            return wrong("not UTF-8 at byte " + malformed);
        }
        JsonObject object = JsonObject.read(span, JsonLimits.GENEROUS, "");
        JsonFault fault = object.fault();
        return fault == null ? read(object, bytes) : wrong(told(fault));
    }

    /** What is often given instead of lines has a word more: an array of calls, JSON that is laid out. */
    private static String told(JsonFault fault) {
        return switch (fault.kind()) {
            case NOT_AN_OBJECT -> fault.message() + "; of an array \"jq -c '.[]'\" makes lines";
            case MALFORMED -> fault.message() + "; one call a line is expected, as \"jq -c .\" writes it";
            case EMPTY, TRAILING, DUPLICATE_NAME, TOO_DEEP, TOO_MANY_TOKENS, NAME_TOO_LONG, NUMBER_TOO_LONG ->
                fault.message();
        };
    }

    private List<Item> read(JsonObject object, byte[] bytes) {
        List<Item> calls = isThere(object.field("tool_calls")) ? parts(object, "tool_calls") : List.of();
        if (!calls.isEmpty()) {
            return calls;
        }
        if (object.field("role") != null) {
            return ofMessage(object);
        }
        if (object.field("calls") != null) {
            return wrong("/calls is the form of a record; give each call a line of its own");
        }
        if (object.field("tool") != null) {
            return List.of(contractCall.read(object, bytes));
        }
        return List.of(ModelCall.isOne(object) ? ModelCall.read(object) : new Wrong(EXPECTED, null));
    }

    /** One that calls tools by blocks of its content, or none. */
    private static List<Item> ofMessage(JsonObject message) {
        JsonValue content = message.field("content");
        boolean hasParts = content != null && content.kind() == JsonKind.ARRAY;
        List<Item> calls = hasParts ? parts(message, "content") : List.of();
        JsonValue role = message.field("role");
        boolean isAssistant =
                role != null && role.kind() == JsonKind.STRING && role.text().equals("assistant");
        return isAssistant || !calls.isEmpty() ? calls : wrong(withoutCalls(message));
    }

    /** Some engines write null, or an empty array, where there is no call. */
    private static boolean isThere(@Nullable JsonValue value) {
        return value != null && value.kind() != JsonKind.NULL;
    }

    private static List<Item> parts(JsonObject message, String name) {
        JsonValue array = message.field(name);
        List<JsonValue> parts = array != null && array.kind() == JsonKind.ARRAY
                ? JsonArray.elements(array.span(), MOST_CALLS + 1)
                : null;
        if (parts == null) {
            return wrong(message.pointerTo(name) + " is no array");
        }
        if (parts.size() > MOST_CALLS) {
            return wrong(message.pointerTo(name) + " has more than " + MOST_CALLS + " parts");
        }
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            addPart(parts.get(i), message.pointerTo(name) + "/" + i, name.equals("content"), items);
        }
        return items;
    }

    /** In a message's content there is more than calls. */
    private static void addPart(JsonValue part, String pointer, boolean isContent, List<Item> items) {
        JsonObject object = JsonObject.read(part.span(), JsonLimits.GENEROUS, pointer);
        if (ModelCall.isOne(object)) {
            items.add(ModelCall.read(object));
        } else if (!isContent) {
            items.add(new Wrong(
                    pointer + " is no tool call: {\"id\",\"function\":{\"name\",\"arguments\"}} expected", null));
        }
    }

    private static String withoutCalls(JsonObject message) {
        JsonValue role = message.field("role");
        String whose = role != null && role.kind() == JsonKind.STRING ? " of role " + Quoted.of(role.text()) : "";
        return "a message" + whose + " without tool calls; " + EXPECTED;
    }

    private static List<Item> wrong(String why) {
        return List.of(new Wrong(why, null));
    }
}
