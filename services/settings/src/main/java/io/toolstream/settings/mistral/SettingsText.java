package io.toolstream.settings.mistral;

import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import tools.jackson.databind.node.StringNode;

/** Writes the settings (YAML) that go with an imported list of servers. */
final class SettingsText {
    /** What mistral.rs takes where nothing is said. */
    private static final long TIMEOUT = 30;

    private static final long CONCURRENT = 10;

    /** The longest that settings take. */
    private static final long MOST_SECONDS = 365L * 24 * 60 * 60;

    private static final long MOST_CONCURRENT = 100_000;

    private final MistralConfig config;
    private final Findings findings;
    private final StringBuilder text = new StringBuilder();

    SettingsText(MistralConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    /** @param serversFile as it is found from the settings */
    String write(String source, String serversFile, Map<String, MistralServer> servers) {
        long timeout =
                positive(config.toolTimeoutSeconds(), "/tool_timeout_secs", "call end at once", TIMEOUT, MOST_SECONDS);
        long concurrent = positive(
                config.maxConcurrentCalls(),
                "/max_concurrent_calls",
                "call wait for good",
                CONCURRENT,
                MOST_CONCURRENT);
        if (!config.autoRegisterTools()) {
            findings.warning("/auto_register_tools", "offers no tool to the model: all servers are switched off");
        }
        text.append("# From ").append(quoted(source)).append(", a configuration of mistral.rs.\n");
        text.append("serversFile: ").append(quoted(serversFile)).append('\n');
        text.append("worker:\n  maxConcurrent: ").append(concurrent).append('\n');
        text.append("mcp:\n  timeouts:\n");
        for (String limit : new String[] {"call", "attempt", "firstByte", "idle"}) {
            text.append("    ").append(limit).append(": ").append(timeout).append("s\n");
        }
        servers(servers, timeout);
        return text.toString();
    }

    private void servers(Map<String, MistralServer> servers, long callSeconds) {
        boolean isFirst = true;
        for (Map.Entry<String, MistralServer> server : servers.entrySet()) {
            String said = server(server.getValue(), callSeconds);
            if (!said.isEmpty()) {
                text.append(isFirst ? "servers:\n" : "");
                text.append("  ")
                        .append(quoted(server.getKey()))
                        .append(": { ")
                        .append(said)
                        .append(" }\n");
                isFirst = false;
            }
        }
    }

    private String server(MistralServer server, long callSeconds) {
        StringJoiner said = new StringJoiner(", ");
        if (!server.isEnabled() || !config.autoRegisterTools()) {
            said.add("enabled: false");
        }
        attemptSeconds(server, callSeconds)
                .ifPresent(seconds -> said.add("mcp: { timeouts: { attempt: " + seconds + "s } }"));
        return said.toString();
    }

    /** Empty where the limit of the whole call is the shorter one. */
    private Optional<Long> attemptSeconds(MistralServer server, long callSeconds) {
        if (!(server.source() instanceof MistralSource.Remote remote)) {
            return Optional.empty();
        }
        String at = server.pointer() + "/source/timeout_secs";
        boolean isSaid = remote.timeoutSeconds().isPresent();
        if (remote.isWebSocket() && !isSaid) {
            return Optional.empty();
        }
        if (remote.isWebSocket()) {
            findings.warning(at, "has no effect there for a WebSocket; here it holds");
        }
        long seconds = positive(remote.timeoutSeconds(), at, "request end at once", TIMEOUT, MOST_SECONDS);
        if (isSaid && seconds > callSeconds) {
            findings.warning(at, "is longer than tool_timeout_secs, which ends a call after " + callSeconds + " s");
        }
        return seconds < callSeconds ? Optional.of(seconds) : Optional.empty();
    }

    private long positive(Optional<Long> value, String at, String effect, long otherwise, long most) {
        long number = value.orElse(otherwise);
        if (number == 0) {
            findings.warning(at, "of 0 makes every " + effect + " there; " + otherwise + " is taken");
            return otherwise;
        }
        if (number > most) {
            findings.warning(at, "is cut to " + most);
        }
        return Math.min(number, most);
    }

    /** JSON strings are YAML too. */
    private static String quoted(String value) {
        return StringNode.valueOf(value).toString();
    }
}
