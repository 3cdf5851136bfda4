package io.toolstream.mcp.protocol;

import java.util.Arrays;
import java.util.Optional;

/** The revisions of MCP, oldest first. */
enum ProtocolVersion {
    V2024_11_05("2024-11-05"),
    V2025_03_26("2025-03-26"),
    V2025_06_18("2025-06-18"),
    V2025_11_25("2025-11-25"),
    V2026_07_28("2026-07-28");

    /** What {@code initialize} asks for: the newest that has it. */
    static final ProtocolVersion NEWEST_WITH_SESSIONS = V2025_11_25;

    /** Without sessions: every request says all there is to say. */
    static final ProtocolVersion NEWEST = V2026_07_28;

    private final String text;

    ProtocolVersion(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    boolean hasSessions() {
        return compareTo(V2026_07_28) < 0;
    }

    /** Whether a server may send several messages as one. */
    boolean hasBatches() {
        return this == V2025_03_26;
    }

    static Optional<ProtocolVersion> of(String text) {
        return Arrays.stream(values())
                .filter(version -> version.text.equals(text))
                .findFirst();
    }
}
