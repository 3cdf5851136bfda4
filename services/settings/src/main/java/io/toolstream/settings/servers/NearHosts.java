package io.toolstream.settings.servers;

/** Hosts on this machine or in its private network, told by their names and addresses alone. */
final class NearHosts {
    private NearHosts() {}

    static boolean contains(String host) {
        return host.equals("localhost") || host.startsWith("127.");
    }
}
