package io.toolstream.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.testkit.http.HttpRequest;
import io.toolstream.testkit.json.Json;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a request of 2026-07-28 must say over HTTP, header and body alike. Pure. */
final class ModernRules {
    private static final int UNSUPPORTED_VERSION = -32022;
    private static final int HEADER_MISMATCH = -32020;
    private static final String ENCODED = "=?base64?";
    private static final String ENCODED_END = "?=";

    private ModernRules() {}

    /** Why a request is refused: an error object as JSON text; nothing if it is as it should be. */
    static @Nullable String breach(HttpRequest request, Json message) {
        if (!Revision.MODERN.equals(request.header("mcp-protocol-version"))) {
            return "{\"code\":" + UNSUPPORTED_VERSION + ",\"message\":\"Unsupported protocol version\",\"data\":{"
                    + "\"supported\":[\"" + Revision.MODERN + "\"]}}";
        }
        String method = message.text("method").orElse("");
        String name =
                message.member("params").flatMap(params -> params.text("name")).orElse(null);
        if (!method.equals(request.header("mcp-method"))) {
            return mismatch("Mcp-Method");
        }
        boolean isNamed = name == null || name.equals(decoded(request.header("mcp-name")));
        return isNamed ? null : mismatch("Mcp-Name");
    }

    private static String mismatch(String field) {
        return "{\"code\":" + HEADER_MISMATCH + ",\"message\":\"" + field + " is not what the body says\"}";
    }

    private static String decoded(@Nullable String field) {
        if (field == null || !field.startsWith(ENCODED) || !field.endsWith(ENCODED_END)) {
            return String.valueOf(field);
        }
        String encoded = field.substring(ENCODED.length(), field.length() - ENCODED_END.length());
        return new String(Base64.getDecoder().decode(encoded), UTF_8);
    }
}
