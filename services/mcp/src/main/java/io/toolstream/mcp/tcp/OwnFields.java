package io.toolstream.mcp.tcp;

import io.toolstream.mcp.transport.HttpFields;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The header fields that an operator wants sent to one server: checked, and none that this client sets itself. */
public final class OwnFields {
    /** An operator's would contradict ours. */
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "content-type",
            "accept",
            "accept-encoding",
            "connection",
            "transfer-encoding",
            "upgrade",
            "te",
            "trailer",
            "mcp-session-id",
            "mcp-protocol-version",
            "mcp-method",
            "mcp-name",
            "last-event-id",
            "sec-websocket-key",
            "sec-websocket-version",
            "sec-websocket-protocol",
            "sec-websocket-extensions");

    private OwnFields() {}

    /**
     * With a {@code User-Agent} unless there is one.
     *
     * @throws IllegalArgumentException if a field is not valid or not to be set
     */
    public static HttpFields of(Map<String, String> headers, String userAgent) {
        HttpFields fields = HttpFields.NONE;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (OURS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("HTTP field " + header.getKey() + " is set by the client itself");
            }
            fields = fields.with(header.getKey(), header.getValue());
        }
        boolean isAgentGiven = headers.keySet().stream().anyMatch("user-agent"::equalsIgnoreCase);
        return isAgentGiven ? fields : fields.with("User-Agent", userAgent);
    }
}
