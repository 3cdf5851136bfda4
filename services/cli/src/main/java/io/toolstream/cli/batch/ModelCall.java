package io.toolstream.cli.batch;

import io.toolstream.cli.batch.Item.Wanted;
import io.toolstream.cli.batch.Item.Wrong;
import io.toolstream.client.ToolCall;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.WireLimits;
import io.toolstream.wire.json.JsonKind;
import io.toolstream.wire.json.JsonLimits;
import io.toolstream.wire.json.JsonObject;
import io.toolstream.wire.json.JsonSpan;
import io.toolstream.wire.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** A call as a model made it: OpenAI's form, and Anthropic's. */
final class ModelCall {
    private static final int MAX_NAME_CHARS = 256;
    private static final int MAX_ID_CHARS = 512;

    /** What no worker takes, and producers not much beyond, is told at once. */
    private static final int MAX_ARGUMENT_BYTES = WireLimits.DEFAULT.callBytes();

    private ModelCall() {}

    static boolean isOne(JsonObject object) {
        return object.field("function") != null || "tool_use".equals(text(object, "type"));
    }

    static Item read(JsonObject object) {
        return object.field("function") != null ? openAi(object) : toolUse(object);
    }

    /** {@code {"id","type":"function","function":{"name","arguments"}}}, the arguments as text or as an object. */
    private static Item openAi(JsonObject object) {
        String id = text(object, "id");
        JsonValue value = object.field("function");
        if (value == null || value.kind() != JsonKind.OBJECT) {
            return new Wrong(object.pointerTo("function") + " is no object {\"name\",\"arguments\"}, as expected", id);
        }
        JsonObject function = JsonObject.read(value.span(), JsonLimits.GENEROUS, object.pointerTo("function"));
        return item(function, "arguments", id);
    }

    /** {@code {"type":"tool_use","id","name","input"}}. */
    private static Item toolUse(JsonObject object) {
        return item(object, "input", text(object, "id"));
    }

    private static Item item(JsonObject object, String argumentsName, @Nullable String id) {
        String tool = text(object, "name");
        if (tool == null || tool.isEmpty() || tool.length() > MAX_NAME_CHARS) {
            return new Wrong(
                    object.pointerTo("name") + ": the tool's name expected, 1 to " + MAX_NAME_CHARS + " characters",
                    id);
        }
        if (id != null && (id.isEmpty() || id.length() > MAX_ID_CHARS)) {
            return new Wrong("the id has " + id.length() + " characters, 1 to " + MAX_ID_CHARS + " expected", null);
        }
        JsonValue arguments = object.field(argumentsName);
        if (arguments != null && !isArguments(arguments)) {
            return new Wrong(
                    object.pointerTo(argumentsName) + " is " + arguments.kind().words()
                            + ", expected an object, or a string that holds one",
                    id);
        }
        if (arguments != null && arguments.span().length() > MAX_ARGUMENT_BYTES) {
            return new Wrong(
                    ErrorCode.TOO_LARGE,
                    object.pointerTo(argumentsName) + " has " + arguments.span().length() + " bytes, at most "
                            + MAX_ARGUMENT_BYTES + " expected",
                    id);
        }
        return new Wanted(
                null, tool, null, bare -> withArguments(id == null ? bare : bare.toolCallId(id), arguments), id);
    }

    private static boolean isArguments(JsonValue value) {
        return value.kind() == JsonKind.STRING || value.kind() == JsonKind.OBJECT || value.kind() == JsonKind.NULL;
    }

    /** Some engines write nothing at all for a tool without parameters. */
    private static ToolCall withArguments(ToolCall call, @Nullable JsonValue arguments) {
        if (arguments == null || arguments.kind() == JsonKind.NULL) {
            return call;
        }
        if (arguments.kind() == JsonKind.STRING) {
            return arguments.text().isBlank() ? call : call.arguments(arguments.text());
        }
        JsonSpan span = arguments.span();
        return call.arguments(RawJson.of(span.array(), span.offset(), span.length()));
    }

    private static @Nullable String text(JsonObject object, String name) {
        JsonValue value = object.field(name);
        return value == null || value.kind() != JsonKind.STRING ? null : value.text();
    }
}
