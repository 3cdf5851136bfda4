package io.toolstream.worker;

import io.toolstream.runtime.admin.AdminAnswer;
import io.toolstream.wire.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the admin endpoint answers to {@code POST /reload}. */
final class ReloadJson {
    private ReloadJson() {}

    static AdminAnswer answer(ReloadResult result) {
        if (result instanceof ReloadResult.Applied applied) {
            return answer(200, true, "changes", applied.changes());
        }
        return result instanceof ReloadResult.Refused refused
                ? answer(409, false, "reasons", refused.reasons())
                : answer(422, false, "problems", ((ReloadResult.Invalid) result).problems());
    }

    private static AdminAnswer answer(int status, boolean isApplied, String name, List<String> lines) {
        JsonWriter json = new JsonWriter(256).beginObject().name("applied").bool(isApplied);
        json.name(name).beginArray();
        lines.forEach(json::string);
        json.endArray().endObject();
        return AdminAnswer.json(status, new String(json.toByteArray(), StandardCharsets.UTF_8) + "\n");
    }
}
