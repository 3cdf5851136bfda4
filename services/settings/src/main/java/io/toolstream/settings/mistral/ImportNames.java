package io.toolstream.settings.mistral;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Names for imported servers: the prefix of its tools where it has one of its own, so that models go on calling
 * {@code prefix_tool}; else its id; else one made of its label and source, which is the same at each import.
 */
final class ImportNames {
    private static final int MOST_LABEL = 40;

    private final Findings findings;
    private final Map<String, Long> users;

    private ImportNames(List<MistralServer> servers, Findings findings) {
        this.findings = findings;
        this.users = servers.stream()
                .filter(server -> !server.prefix().isRandom())
                .collect(Collectors.groupingBy(
                        server -> server.prefix().text().orElse(""), LinkedHashMap::new, Collectors.counting()));
    }

    /** In the order of the servers. */
    static Map<String, MistralServer> of(List<MistralServer> servers, Findings findings) {
        ImportNames names = new ImportNames(servers, findings);
        Map<String, MistralServer> named = new LinkedHashMap<>();
        for (MistralServer server : servers) {
            String wanted = names.name(server);
            String name = wanted;
            for (int i = 2; isTaken(named, name); i++) {
                name = wanted + "-" + i;
            }
            named.put(name, server);
        }
        return named;
    }

    private String name(MistralServer server) {
        String id = server.id().orElseGet(() -> derived(server));
        String prefix = server.prefix().text().orElse("");
        String pointer = server.pointer();
        if (server.prefix().isRandom()) {
            findings.warning(
                    pointer,
                    "has no tool_prefix: there its tools get a random one (mcp_ and 32 digits) at each start; here they are "
                            + id + "_<tool>");
            return id;
        }
        if (prefix.isBlank()) {
            findings.warning(
                    pointer,
                    "has no prefix for its tools there, where the later of two equal names wins; here a call names the server too: "
                            + id + "_<tool>");
            return id;
        }
        if (users.getOrDefault(prefix, 0L) > 1) {
            findings.warning(
                    pointer,
                    "has the same tool_prefix as another server: there the later of two equal names wins, here both are kept: "
                            + id + "_<tool>");
            return id;
        }
        return prefix;
    }

    private String derived(MistralServer server) {
        String label = slug(server.label().isBlank() ? "server" : server.label());
        String name =
                label + "-" + digest(server.label() + "\0" + server.source().digestible());
        findings.warning(server.pointer(), "has no id: there it is a random one at each start, here " + name);
        return name;
    }

    private static String slug(String label) {
        String slug =
                label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return slug.isEmpty() ? "server" : slug.substring(0, Math.min(slug.length(), MOST_LABEL));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static boolean isTaken(Map<String, MistralServer> named, String name) {
        return named.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }
}
