package io.toolstream.settings.servers;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of an HTTP server, and what is to be said about it. Messages never hold the address itself: it may carry a
 * token.
 */
record ServerUrl(Optional<URI> url, Optional<String> problem, Optional<String> warning) {
    /** Schemes without encryption and with. */
    static final List<String> HTTP = List.of("http", "https");

    static final List<String> WEB_SOCKET = List.of("ws", "wss");

    private static final int LONGEST = 2_048;

    static boolean isWebSocket(String text) {
        String scheme = text.strip().toLowerCase(Locale.ROOT);
        return WEB_SOCKET.stream().anyMatch(known -> scheme.startsWith(known + "://"));
    }

    /** @param schemes without encryption and with */
    static ServerUrl parse(String text, List<String> schemes) {
        if (text.length() > LONGEST) {
            return problem("is longer than " + LONGEST + " characters");
        }
        URI url;
        try {
            url = new URI(text.strip()).parseServerAuthority();
        } catch (URISyntaxException e) {
            return problem("expected an address like https://host:port/mcp: " + plain(e));
        }
        Optional<String> broken = brokenRule(url, schemes);
        if (broken.isPresent()) {
            return new ServerUrl(Optional.empty(), broken, Optional.empty());
        }
        boolean exposed = schemes.get(0).equalsIgnoreCase(url.getScheme()) && !NearHosts.contains(url.getHost());
        return new ServerUrl(
                Optional.of(url),
                Optional.empty(),
                exposed
                        ? Optional.of("is not encrypted and leaves the private network: use " + schemes.get(1))
                        : Optional.empty());
    }

    private static Optional<String> brokenRule(URI url, List<String> schemes) {
        String scheme = url.getScheme();
        if (schemes.stream().noneMatch(known -> known.equalsIgnoreCase(scheme))) {
            return Optional.of("expected " + schemes.get(0) + ":// or " + schemes.get(1) + "://");
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
        return cause.getReason().toLowerCase(Locale.ROOT)
                + (cause.getIndex() < 0 ? "" : " at character " + (cause.getIndex() + 1));
    }

    private static ServerUrl problem(String message) {
        return new ServerUrl(Optional.empty(), Optional.of(message), Optional.empty());
    }
}
