package io.toolstream.runtime.admin;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which {@code Host} a request may name: addresses, our own name, and names that nobody can register. A page from elsewhere
 * that has its name rebound to our address is refused by this.
 */
final class HostRule {
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.%]+]");
    private static final List<String> UNREGISTRABLE =
            List.of(".localhost", ".local", ".internal", ".svc", ".home.arpa", ".lan");

    private final String own;

    HostRule(String own) {
        this.own = own.toLowerCase(Locale.ROOT);
    }

    /** None at all is fine: browsers always send one. */
    boolean allows(List<String> headers) {
        if (headers.isEmpty()) {
            return true;
        }
        String host =
                PORT.matcher(headers.get(0).strip().toLowerCase(Locale.ROOT)).replaceFirst("");
        return headers.size() == 1 && (host.equals(own) || ADDRESS.matcher(host).matches() || isLocalName(host));
    }

    private static boolean isLocalName(String host) {
        return !host.isEmpty()
                && (host.indexOf('.') < 0 || UNREGISTRABLE.stream().anyMatch(host::endsWith));
    }
}
