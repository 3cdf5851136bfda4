package io.toolstream.mcp.auth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code WWW-Authenticate: Bearer} says (RFC 6750, RFC 9728).
 *
 * @param resourceMetadata as written, not yet checked
 * @param scope separated by blanks
 * @param error a code
 */
record Challenge(
        @Nullable String resourceMetadata,
        @Nullable String scope,
        @Nullable String error) {
    static final Challenge NONE = new Challenge(null, null, null);

    private static final int MOST_TOLD = 200;

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
                parameter(header, "scope").orElse(null),
                parameter(header, "error").orElse(null));
    }

    /** Whether the token is right and does not allow enough. */
    boolean isAboutScope() {
        return "insufficient_scope".equals(error);
    }

    /** The same for all these scopes and those that are asked for. */
    Challenge besides(String scopes) {
        Set<String> all = new LinkedHashSet<>(split(scopes));
        all.addAll(split(scope == null ? "" : scope));
        return new Challenge(resourceMetadata, String.join(" ", all), error);
    }

    static List<String> split(String scopes) {
        return Stream.of(scopes.split(" ", -1)).filter(each -> !each.isEmpty()).toList();
    }

    /** The scopes, for a message: what a scope may be made of and not too much of it. */
    String wanted() {
        String clean = scope == null ? "" : scope.replaceAll("[^\\x20-\\x7E]", "?");
        return clean.isEmpty() ? "it does not say which" : clean.substring(0, Math.min(MOST_TOLD, clean.length()));
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
