package io.toolstream.settings.servers;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The address of an HTTP server, and what is to be said about it. Messages never hold the address itself: it may carry a
 * token.
 */
record ServerUrl(Optional<URI> url, Optional<String> problem, Optional<String> warning) {
    private static final int LONGEST = 2_048;

    static ServerUrl parse(String text) {
        if (text.length() > LONGEST) {
            return problem("is longer than " + LONGEST + " characters");
        }
        URI url;
        try {
            url = new URI(text.strip()).parseServerAuthority();
        } catch (URISyntaxException e) {
            return problem("expected an address like https://host:port/mcp: " + plain(e));
        }
        Optional<String> broken = brokenRule(url);
        if (broken.isPresent()) {
            return new ServerUrl(Optional.empty(), broken, Optional.empty());
        }
        boolean exposed = "http".equalsIgnoreCase(url.getScheme()) && !NearHosts.contains(url.getHost());
        return new ServerUrl(
                Optional.of(url),
                Optional.empty(),
                exposed ? Optional.of("is not encrypted and leaves the private network: use https") : Optional.empty());
    }

    private static Optional<String> brokenRule(URI url) {
        String scheme = url.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            return Optional.of("expected http:// or https://");
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("holds a user or password: put it into headers, as Authorization");
        }
        if (url.getHost() == null || url.getHost().isEmpty()) {
            return Optional.of("has no host");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            return Optional.of("expected a port from 1 to 65535");
        }
        if (url.getRawFragment() != null) {
            return Optional.of("holds a fragment (#), which no server ever sees");
        }
        return HostRules.brokenRule(url.getHost());
    }

    /** The reason without the input, which {@link URISyntaxException#getMessage()} would repeat. */
    private static String plain(URISyntaxException cause) {
        return cause.getReason().toLowerCase(java.util.Locale.ROOT)
                + (cause.getIndex() < 0 ? "" : " at character " + (cause.getIndex() + 1));
    }

    private static ServerUrl problem(String message) {
        return new ServerUrl(Optional.empty(), Optional.of(message), Optional.empty());
    }
}
