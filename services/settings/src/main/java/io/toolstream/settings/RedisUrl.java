package io.toolstream.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The address of a Redis, which may hold a password: messages never repeat it. */
final class RedisUrl {
    private RedisUrl() {}

    /** What is wrong with it; empty if nothing is. */
    static Optional<String> problem(String url) {
        try {
            URI parsed = new URI(url).parseServerAuthority();
            String scheme = String.valueOf(parsed.getScheme()).toLowerCase(Locale.ROOT);
            boolean isFit = (scheme.equals("redis") || scheme.equals("rediss"))
                    && parsed.getHost() != null
                    && parsed.getRawFragment() == null;
            return isFit ? Optional.empty() : Optional.of("must be redis://host:port or rediss://host:port");
        } catch (URISyntaxException e) {
            return Optional.of("must be redis://user:password@host:port, what is special in a password as %XX");
        }
    }

    static boolean holdsCredentials(String url) {
        return url.lastIndexOf('@') >= 0;
    }

    /** Fit to be shown. */
    static String masked(String url) {
        int host = url.lastIndexOf('@');
        return host < 0 ? url : url.replaceFirst("://.*@", "://******@");
    }
}
