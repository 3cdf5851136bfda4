package io.toolstream.testkit;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which revision of MCP a server speaks. Any thread; may change while it runs, as by an upgrade or a rollback. */
final class Revision {
    static final String MODERN = "2026-07-28";
    static final Set<String> WITH_SESSIONS = Set.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

    private static final String NEWEST_WITH_SESSIONS = "2025-11-25";

    private volatile @Nullable String spoken;

    /** @param spoken if absent, whatever the client asks for and {@code initialize} can agree on */
    Revision(@Nullable String spoken) {
        this.spoken = spoken;
    }

    void become(String other) {
        spoken = other;
    }

    /** Whether there is no {@code initialize}, and every request says all there is to say. */
    boolean isModern() {
        return MODERN.equals(spoken);
    }

    /** What {@code initialize} answers. */
    String agreed(String asked) {
        String fixed = spoken;
        if (fixed != null) {
            return fixed;
        }
        return WITH_SESSIONS.contains(asked) ? asked : NEWEST_WITH_SESSIONS;
    }

    /** A result as this revision writes it. */
    String result(String json) {
        boolean isUntyped = json.startsWith("{") && !json.contains("\"resultType\":");
        if (!isModern() || !isUntyped) {
            return json;
        }
        String rest = json.substring(1);
        return "{\"resultType\":\"complete\"" + (rest.startsWith("}") ? "" : ",") + rest;
    }
}
