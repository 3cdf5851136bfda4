package io.toolstream.testkit;

import java.util.Map;

/**
 * A {@code tools/call} as it came.
 *
 * @param id the JSON-RPC id, as JSON text
 * @param arguments as JSON text, byte for byte; {@code {}} if absent
 * @param meta {@code _meta} as JSON text; {@code {}} if absent
 * @param inputResponses as JSON text, byte for byte; {@code {}} if absent
 * @param requestState empty if absent
 * @param headers of the HTTP request, by lower-case name; none over stdio
 */
public record ReceivedCall(
        String id,
        String tool,
        String arguments,
        String meta,
        String inputResponses,
        String requestState,
        Map<String, String> headers) {
    public ReceivedCall {
        headers = Map.copyOf(headers);
    }
}
