package io.toolstream.testkit.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came.
 *
 * @param headers by lower-case name; of a repeated one the last
 */
public record HttpRequest(String method, String path, Map<String, String> headers, String body) {
    public HttpRequest {
        headers = Map.copyOf(headers);
    }

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    /** What the client will do with its connection after the answer. */
    public boolean keepsAlive() {
        return !"close".equalsIgnoreCase(headers.get("connection"));
    }
}
