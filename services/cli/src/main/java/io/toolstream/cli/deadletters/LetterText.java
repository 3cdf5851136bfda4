package io.toolstream.cli.deadletters;

import io.toolstream.client.deadletters.Deed;
import io.toolstream.client.deadletters.KeptLetter;
import io.toolstream.wire.Call;
import io.toolstream.wire.RawJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One dead letter as fields with values. */
final class LetterText {
    private LetterText() {}

    static Map<String, Object> members(KeptLetter kept) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("letter", kept.position().toString());
        members.put("state", kept.state().name().toLowerCase(Locale.ROOT));
        members.put("code", kept.letter().code());
        members.put("message", kept.letter().message());
        members.put("status", kept.letter().status().text());
        putIfThere(members, "server", kept.server());
        putIfThere(members, "tool", kept.tool());
        putIfThere(members, "tenant", kept.tenant());
        members.put("failedAt", Instant.ofEpochMilli(kept.failedAtMillis()).toString());
        members.put("attempts", kept.letter().failure().attempts());
        members.put("cause", kept.fingerprint());
        members.put("original", kept.letter().original().position().toString());
        putIfThere(members, "replayOf", kept.letter().replayOf());
        members.put("replays", kept.letter().replays() + kept.sentBefore());
        return members;
    }

    /** With what the call asks for. */
    static Map<String, Object> all(KeptLetter kept) {
        Map<String, Object> members = members(kept);
        Call call = kept.call();
        if (call == null) {
            return members;
        }
        members.put("id", call.id());
        putIfThere(members, "replyTo", call.route().topic());
        putIfThere(members, "idempotencyKey", call.options().idempotencyKey());
        putIfThere(members, "orderingKey", call.options().orderingKey());
        RawJson arguments = call.arguments();
        members.put("arguments", arguments);
        return members;
    }

    /** What was done about a letter once. */
    static Map<String, Object> members(Deed deed) {
        Map<String, Object> members = new LinkedHashMap<>();
        Deed.Sent sent = deed.sent();
        members.put("what", sent == null ? "resolved" : "replayed");
        members.put("at", Instant.ofEpochMilli(deed.atMillis()).toString());
        members.put("by", deed.by());
        putIfThere(members, "note", deed.note());
        if (sent != null) {
            members.put("id", sent.id());
            members.put("replay", sent.replay());
        }
        return members;
    }

    /** The same for people. */
    static String line(Deed deed) {
        Deed.Sent sent = deed.sent();
        String what = sent == null ? "resolved" : "sent again as " + sent.id();
        return Instant.ofEpochMilli(deed.atMillis()) + " " + what + " by " + deed.by()
                + (sent == null ? "" : " (" + sent.replay() + ")")
                + (deed.note() == null ? "" : ": " + deed.note());
    }

    private static void putIfThere(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
