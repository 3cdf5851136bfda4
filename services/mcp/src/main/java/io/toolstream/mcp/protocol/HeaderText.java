package io.toolstream.mcp.protocol;

import io.toolstream.mcp.transport.HttpFields;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Values of {@code Mcp-Name} and {@code Mcp-Param-*}: as they are, or Base64 behind a sentinel (2026-07-28). */
final class HeaderText {
    private static final String PREFIX = "=?base64?";
    private static final String SUFFIX = "?=";

    private HeaderText() {}

    static String of(String value) {
        boolean looksEncoded = value.startsWith(PREFIX) && value.endsWith(SUFFIX);
        return HttpFields.isValue(value) && !looksEncoded ? value : encoded(value);
    }

    private static String encoded(String value) {
        return PREFIX + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + SUFFIX;
    }
}
