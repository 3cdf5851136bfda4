package io.toolstream.settings.servers;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Hosts on this machine or in its private network, told by their names and addresses alone; DNS is not asked. */
final class NearHosts {
    private static final Pattern PRIVATE_IPV4 = Pattern.compile("127\\..*|10\\..*|192\\.168\\..*"
            + "|172\\.(?:1[6-9]|2\\d|3[01])\\..*|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\..*");

    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");
    private static final Pattern PRIVATE_IPV6 = Pattern.compile("\\[(?:::1|0*(?::0*)*:0*1|f[cd][0-9a-f]{2}:.*)]");
    private static final List<String> PRIVATE_SUFFIXES =
            List.of(".localhost", ".local", ".internal", ".lan", ".home.arpa", ".svc");

    private NearHosts() {}

    static boolean contains(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[")) {
            return PRIVATE_IPV6.matcher(name).matches();
        }
        if (IPV4.matcher(name).matches()) {
            return PRIVATE_IPV4.matcher(name).matches();
        }
        return !name.contains(".") || PRIVATE_SUFFIXES.stream().anyMatch(name::endsWith);
    }
}
