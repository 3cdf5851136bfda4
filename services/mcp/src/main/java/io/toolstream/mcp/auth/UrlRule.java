package io.toolstream.mcp.auth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which URLs named by others may be asked on behalf of one tool server (failure: server-side request forgery): https, to
 * public addresses; http only where the server itself is spoken to without TLS, and private addresses only where the server
 * itself has one, so that nobody outside can make this client knock at doors inside. Pure.
 *
 * @param server the operator's URL of the tool server
 * @param issuer the operator's authorization server, if he named one
 */
record UrlRule(URI server, @Nullable URI issuer) {
    /** @throws IOException if it may not be asked */
    URI checked(@Nullable String url, String what) throws IOException {
        URI parsed;
        try {
            parsed = new URI(url == null ? "" : url);
        } catch (URISyntaxException e) {
            throw new IOException(what + " is no URL", e);
        }
        String scheme = parsed.getScheme() == null ? "" : parsed.getScheme().toLowerCase(Locale.ROOT);
        boolean isClear = scheme.equals("http") && "http".equalsIgnoreCase(server.getScheme());
        if (!scheme.equals("https") && !isClear) {
            throw new IOException(what + " is no https URL");
        }
        if (parsed.getHost() == null || parsed.getRawUserInfo() != null || parsed.getRawFragment() != null) {
            throw new IOException(what + " is a URL without a host, with a user or with a fragment");
        }
        return parsed;
    }

    boolean isSameOrigin(URI other) {
        return server.getScheme().equalsIgnoreCase(other.getScheme())
                && server.getHost().equalsIgnoreCase(other.getHost())
                && port(server) == port(other);
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    /** Which addresses a URL's host may have. What the operator named himself may be anywhere. */
    Predicate<InetAddress> addresses(URI url) {
        boolean isOfOperator = url.getHost().equalsIgnoreCase(server.getHost())
                || (issuer != null && url.getHost().equalsIgnoreCase(issuer.getHost()));
        return isOfOperator || isPrivate(server.getHost()) ? address -> true : PublicAddresses::contains;
    }

    /** Told by its name alone: {@code localhost}, or an address that is not public. */
    static boolean isPrivate(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (bare.equalsIgnoreCase("localhost") || bare.toLowerCase(Locale.ROOT).endsWith(".localhost")) {
            return true;
        }
        boolean isLiteral = bare.contains(":") || bare.matches("[0-9]+(\\.[0-9]+){3}");
        try {
            return isLiteral && !PublicAddresses.contains(InetAddress.getByName(bare));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
