package io.toolstream.mcp.tcp;

import java.net.URI;
import java.util.Locale;

/**
 * Where requests go: one origin and one target.
 *
 * @param authority for the {@code Host} field
 * @param target path and query
 */
public record Endpoint(boolean isTls, String host, int port, String authority, String target) {
    /** @throws IllegalArgumentException if the URL is not one that an MCP server can have */
    public static Endpoint http(URI url) {
        return of(url, "http", "https");
    }

    /** @throws IllegalArgumentException if the URL is not one that an MCP server can have */
    public static Endpoint webSocket(URI url) {
        return of(url, "ws", "wss");
    }

    private static Endpoint of(URI url, String clear, String encrypted) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean isTls = scheme.equals(encrypted);
        if (!isTls && !scheme.equals(clear)) {
            throw new IllegalArgumentException(
                    "a tool server's URL must begin with " + clear + ":// or " + encrypted + "://");
        }
        if (url.getHost() == null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a tool server's URL must name a host and no user");
        }
        String host = url.getHost();
        int port = url.getPort() >= 0 ? url.getPort() : isTls ? 443 : 80;
        String authority = url.getPort() >= 0 ? host + ":" + port : host;
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Endpoint(isTls, bare, port, authority, target(url));
    }

    private static String target(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        if (!target.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("a tool server's URL must be ASCII: percent-encode the rest");
        }
        return target;
    }
}
