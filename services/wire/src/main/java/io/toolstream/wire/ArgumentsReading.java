package io.toolstream.wire;

import io.toolstream.wire.json.JsonKind;
import io.toolstream.wire.json.JsonObject;
import io.toolstream.wire.json.JsonSpan;
import io.toolstream.wire.json.JsonValue;
import io.toolstream.wire.json.SurrogateEscapes;
import java.nio.charset.StandardCharsets;

/** Finds the arguments of a call: an object, the text of one (what inference engines emit), or nothing. */
final class ArgumentsReading {
    private ArgumentsReading() {}

    static RawJson read(Fields fields, WireLimits limits, Problems problems) {
        JsonValue arguments = fields.field(CallFields.ARGUMENTS);
        if (arguments == null) {
            return RawJson.EMPTY_OBJECT;
        }
        if (arguments.kind() == JsonKind.OBJECT) {
            return Fields.raw(arguments.span());
        }
        String pointer = fields.pointerTo(CallFields.ARGUMENTS);
        if (arguments.kind() != JsonKind.STRING) {
            problems.add(
                    ErrorCode.WRONG_TYPE,
                    pointer + " is " + arguments.kind().words() + ", expected an object, or a string holding one");
            return RawJson.EMPTY_OBJECT;
        }
        return ofText(arguments.text().strip(), pointer, limits, problems);
    }

    private static RawJson ofText(String text, String pointer, WireLimits limits, Problems problems) {
        if (text.isEmpty()) {
            return RawJson.EMPTY_OBJECT;
        }
        JsonSpan json = JsonSpan.of(text.getBytes(StandardCharsets.UTF_8));
        int lone = SurrogateEscapes.firstLone(json);
        if (lone >= 0) {
            problems.add(
                    ErrorCode.NOT_UTF8,
                    "half a surrogate pair is escaped at byte " + lone + " of the text in " + pointer
                            + ", UTF-8 expected");
        }
        problems.add(JsonObject.read(json, CallPayload.ofCall(limits), pointer).fault());
        return Fields.raw(json);
    }
}
