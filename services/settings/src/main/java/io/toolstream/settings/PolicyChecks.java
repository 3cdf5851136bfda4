package io.toolstream.settings;

import io.toolstream.settings.source.DidYouMean;
import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SourceTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is said of single servers and tools, held against itself and against the list of servers. */
final class PolicyChecks {
    private final SourceTree explicit;
    private final Set<String> listed;
    private final Problems problems;
    private final Problems warnings = new Problems();

    private PolicyChecks(SourceTree explicit, Set<String> listed, Problems problems) {
        this.explicit = explicit;
        this.listed = new TreeSet<>(listed);
        this.problems = problems;
    }

    /**
     * Where no servers are listed at all, names of servers are not looked at.
     *
     * @param explicit only what the operator set
     * @param listed names of tool servers, those switched off too
     * @return warnings
     */
    static List<Problem> check(
            SourceTree explicit, ToolstreamSettings settings, Set<String> listed, Problems problems) {
        PolicyChecks checks = new PolicyChecks(explicit, listed, problems);
        settings.servers().forEach((name, policy) -> checks.server(Pointers.child("/servers", name), name, policy));
        return checks.warnings.sorted();
    }

    private void server(String at, String name, ServerPolicy policy) {
        if (!listed.isEmpty() && !listed.contains(name)) {
            warnings.add(explicit.keyProblem(at, "is none of the tool servers listed" + DidYouMean.hint(listed, name)));
        }
        if (has(at + "/callTimeout") && has(at + "/mcp/timeouts/call")) {
            problems.add(explicit.problem(at + "/callTimeout", "stands beside mcp.timeouts.call: use one of the two"));
        }
        policy.tools().forEach((tool, said) -> tool(Pointers.child(at + "/tools", tool), policy, tool, said));
    }

    private void tool(String at, ServerPolicy policy, String tool, ToolSettings said) {
        Effect elsewhere = policy.effects().get(tool);
        if (said.effect() != null && elsewhere != null && said.effect() != elsewhere) {
            problems.add(explicit.problem(
                    at + "/effect",
                    "contradicts effects, where the tool is " + Binder.name(elsewhere) + ": use one of the two"));
        }
        if (said.cache().enabled()) {
            policy.effect(tool).ifPresent(effect -> cached(at, effect));
        }
        for (int i = 0; i < said.invalidates().size(); i++) {
            String place = at + "/invalidates/" + i;
            unlistedServer(said.invalidates().get(i))
                    .ifPresent(server -> problems.add(explicit.problem(
                            place,
                            "names a tool of " + server + ", which is none of the tool servers listed"
                                    + DidYouMean.hint(listed, server))));
        }
    }

    private void cached(String at, Effect effect) {
        String place = has(at + "/cache/enabled") ? at + "/cache/enabled" : at + "/cache";
        switch (effect) {
            case READ -> {}
            case IDEMPOTENT ->
                warnings.add(explicit.problem(
                        place, "keeps answers of a tool that changes things: equal calls are not run meanwhile"));
            case ONCE ->
                problems.add(explicit.problem(
                        place, "keeps answers of a tool whose effect is once: each of its calls is meant to be run"));
        }
    }

    /** Names of servers may hold slashes themselves. */
    private Optional<String> unlistedServer(String name) {
        int first = name.indexOf('/');
        if (listed.isEmpty() || first < 0) {
            return Optional.empty();
        }
        for (int slash = first; slash >= 0; slash = name.indexOf('/', slash + 1)) {
            if (listed.contains(name.substring(0, slash))) {
                return Optional.empty();
            }
        }
        return Optional.of(name.substring(0, first));
    }

    private boolean has(String pointer) {
        return !explicit.root().at(pointer).isMissingNode();
    }
}
