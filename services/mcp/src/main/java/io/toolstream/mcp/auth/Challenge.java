package io.toolstream.mcp.auth;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code WWW-Authenticate: Bearer} says (RFC 6750, RFC 9728).
 *
 * @param resourceMetadata as written, not yet checked
 * @param scope separated by blanks
 */
record Challenge(
        @Nullable String resourceMetadata, @Nullable String scope) {
    static final Challenge NONE = new Challenge(null, null);

    private static final int LONGEST = 8 << 10;
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]+))");

    /** Nothing in what is no challenge of this kind. */
    static Challenge of(@Nullable String header) {
        if (header == null || header.length() > LONGEST || !isBearer(header)) {
            return NONE;
        }
        return new Challenge(
                parameter(header, "resource_metadata").orElse(null),
                parameter(header, "scope").orElse(null));
    }

    private static boolean isBearer(String header) {
        return header.toLowerCase(Locale.ROOT).contains("bearer");
    }

    private static Optional<String> parameter(String header, String name) {
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            if (matcher.group(1).equalsIgnoreCase(name)) {
                String quoted = matcher.group(2);
                return Optional.of(quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
            }
        }
        return Optional.empty();
    }
}
