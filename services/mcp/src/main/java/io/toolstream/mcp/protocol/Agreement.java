package io.toolstream.mcp.protocol;

import io.toolstream.mcp.transport.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * What {@code initialize} has brought.
 *
 * @param sessionId a secret; null if the server gave none
 * @param announcesTools whether the server tells when its list of tools has changed
 * @param isCertain whether the era was doubted before, in vain
 */
record Agreement(ProtocolVersion version, @Nullable String sessionId, boolean announcesTools, boolean isCertain) {
    /** The version is named since 2025-06-18; older servers do not mind. */
    HttpFields fields() {
        HttpFields fields = HttpFields.NONE.with("MCP-Protocol-Version", version.text());
        return sessionId == null ? fields : fields.with("Mcp-Session-Id", sessionId);
    }

    /** Without the session's id. */
    @Override
    public String toString() {
        return "Agreement[" + version.text() + "]";
    }
}
