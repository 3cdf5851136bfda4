package io.toolstream.settings.servers;

import java.util.Optional;
import java.util.regex.Pattern;

/** Hosts that are refused: written so that people and programs read them differently, or never a tool server. */
final class HostRules {
    /** Decimal, octal and hexadecimal ways to write an IPv4 address, and short ones. */
    private static final Pattern ODD_NUMBERS =
            Pattern.compile("(?:0x[0-9a-fA-F]*|\\d+)(?:\\.(?:0x[0-9a-fA-F]*|\\d+))*\\.?");

    private static final Pattern DOTTED =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");

    private HostRules() {}

    static Optional<String> brokenRule(String host) {
        if (!host.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return Optional.of("expected a host in ASCII: write international names in their xn-- form");
        }
        if (ODD_NUMBERS.matcher(host).matches() && !DOTTED.matcher(host).matches()) {
            return Optional.of("expected an IPv4 address as four decimal numbers");
        }
        if (host.startsWith("[") && host.contains(".")) {
            return Optional.of("expected an IPv4 address written plainly, not inside an IPv6 one");
        }
        if (host.startsWith("169.254.") || host.regionMatches(true, 0, "[fe80", 0, 5)) {
            return Optional.of("is a link-local address, where clouds keep credentials and no tool server lives");
        }
        return Optional.empty();
    }
}
