package io.toolstream.wire;

import io.toolstream.wire.json.Quoted;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges the names of a call's fields: ours, near to ours (refused), or none of our business. */
final class FieldNames {
    /** Headers that have no field: in the value they do nothing. */
    private static final Set<String> HEADERS_ONLY = Set.of(HeaderNames.REPLY_TO, HeaderNames.REPLY_PARTITION);

    private static final NearMisses NEAR_MISSES = new NearMisses(known()).also("timeout", CallFields.TIMEOUT_MS);

    private FieldNames() {}

    private static Set<String> known() {
        Set<String> known = new HashSet<>(CallFields.ALL);
        known.addAll(HEADERS_ONLY);
        return known;
    }

    static void check(Fields fields, Problems problems) {
        for (String name : fields.names()) {
            String near = CallFields.ALL.contains(name) ? null : NEAR_MISSES.nearest(name);
            if (near != null && !(near.equals(CallFields.TOOL) && !fields.has(CallFields.TOOL))) {
                problems.add(ErrorCode.MISSPELT_FIELD, misspelt(fields, name, near));
            }
        }
    }

    private static String misspelt(Fields fields, String name, String near) {
        String meant = HEADERS_ONLY.contains(near) ? "the header \"" + near + "\"" : "\"" + near + "\"";
        return fields.pointerTo(name) + " would be ignored: did you mean " + meant + "?";
    }

    /** The refusal of a call without a tool, with what may have been meant. */
    static Refusal missingTool(Fields fields) {
        String meant = meantAsTool(fields);
        String hint = meant == null ? "" : "; found " + Quoted.of(meant) + ", did you mean \"tool\"?";
        return new Refusal(
                ErrorCode.MISSING_FIELD,
                fields.pointerTo(CallFields.TOOL) + " is missing, expected a string: the tool's name" + hint);
    }

    private static @Nullable String meantAsTool(Fields fields) {
        for (String name : fields.names()) {
            if (CallFields.TOOL.equals(NEAR_MISSES.nearest(name)) || name.equals("name") || name.equals("function")) {
                return name;
            }
        }
        return null;
    }
}
