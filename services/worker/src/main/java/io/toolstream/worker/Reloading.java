package io.toolstream.worker;

import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the settings of a running worker, all or nothing. Tool servers can be added, removed and set otherwise; what the
 * worker itself was built from cannot. Any thread; one at a time, the others wait.
 */
final class Reloading {
    private static final Logger log = LoggerFactory.getLogger(Reloading.class);

    /** What holds for tool servers only, which are compared one by one, or not for a worker at all. */
    private static final Set<String> NOT_OF_THE_WORKER =
            Set.of("profile", "mcp", "remoteMcp", "servers", "remoteServers", "client", "log");

    private final ToolServers servers;
    private final Consumer<List<ServerEntry>> onApplied;
    private ToolstreamSettings current;

    /** @param onApplied told the servers once calls go to them */
    Reloading(ToolServers servers, Consumer<List<ServerEntry>> onApplied, ToolstreamSettings current) {
        this.servers = servers;
        this.onApplied = onApplied;
        this.current = current;
    }

    ToolServers servers() {
        return servers;
    }

    synchronized ReloadResult reload(ToolstreamSettings settings, List<ServerEntry> entries) {
        ReloadResult result = decided(settings, entries);
        if (result instanceof ReloadResult.Applied applied) {
            current = settings;
            onApplied.accept(entries);
            log.info(
                    "settings were read again: {}",
                    applied.changes().isEmpty() ? "nothing has changed" : String.join("; ", applied.changes()));
        } else if (result instanceof ReloadResult.Refused refused) {
            log.warn("new settings are refused, the old ones hold: {}", String.join("; ", refused.reasons()));
        } else if (result instanceof ReloadResult.Invalid invalid) {
            log.warn("new settings are wrong, the old ones hold: {}", String.join("; ", invalid.problems()));
        }
        return result;
    }

    private ReloadResult decided(ToolstreamSettings settings, List<ServerEntry> entries) {
        List<String> fixed = SettingsDifference.between(current, settings).stream()
                .filter(name -> !NOT_OF_THE_WORKER.contains(section(name)))
                .map(name -> name + " cannot change while the worker runs: restart it")
                .toList();
        if (!fixed.isEmpty()) {
            return new ReloadResult.Refused(fixed);
        }
        Map<String, ServerSetup> wanted = ServerSetup.enabled(settings, entries);
        List<String> changes = changes(servers.setups(), wanted);
        List<String> problems = servers.serve(wanted);
        return problems.isEmpty() ? new ReloadResult.Applied(changes) : new ReloadResult.Invalid(problems);
    }

    private static String section(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static List<String> changes(Map<String, ServerSetup> before, Map<String, ServerSetup> after) {
        List<String> changes = new ArrayList<>();
        before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .forEach(name -> changes.add("server " + name + " removed"));
        after.forEach((name, setup) -> {
            ServerSetup earlier = before.get(name);
            if (earlier == null) {
                changes.add("server " + name + " added");
            } else if (!earlier.equals(setup)) {
                changes.add("server " + name + " changed: "
                        + SettingsDifference.between(earlier, setup).stream()
                                .map(Reloading::inTheFilesWords)
                                .collect(Collectors.joining(", ")));
            }
        });
        return changes;
    }

    private static String inTheFilesWords(String name) {
        return name.equals("isTrusted") ? "trusted" : name.replaceFirst("^(entry|policy)\\.", "");
    }
}
