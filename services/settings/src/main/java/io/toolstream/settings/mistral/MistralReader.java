package io.toolstream.settings.mistral;

import io.toolstream.settings.mistral.MistralServer.Prefix;
import io.toolstream.settings.source.DidYouMean;
import io.toolstream.settings.source.Kind;
import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.SourceReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads the tree of a configuration, and refuses what mistral.rs refuses. */
final class MistralReader {
    private static final List<String> TOP =
            List.of("servers", "auto_register_tools", "tool_timeout_secs", "max_concurrent_calls");
    private static final List<String> SERVER =
            List.of("id", "name", "source", "enabled", "tool_prefix", "resources", "bearer_token");
    private static final List<String> SOURCE =
            List.of("type", "url", "timeout_secs", "headers", "command", "args", "work_dir", "env");
    private static final Set<String> KNOWN =
            Stream.of(TOP, SERVER, SOURCE).flatMap(List::stream).collect(Collectors.toSet());
    private static final List<String> TYPES = List.of("Http", "Process", "WebSocket");
    private static final String POLICY = "security_policy";

    private final Findings findings;

    MistralReader(Findings findings) {
        this.findings = findings;
    }

    /** What is wrong is among the problems; the rest is read all the same. */
    MistralConfig read() {
        JsonNode root = findings.tree().root();
        StrictFields top = new StrictFields(root, "", findings);
        if (!root.isObject()) {
            findings.problem("", "expected an object with servers, found " + Kind.of(root));
            return new MistralConfig(true, Optional.empty(), Optional.empty(), List.of());
        }
        warnOfPolicy(top, "global_" + POLICY);
        top.warnOfUnknown(with(TOP, "global_" + POLICY));
        return new MistralConfig(
                top.requiredFlag("auto_register_tools"),
                top.number("tool_timeout_secs"),
                top.number("max_concurrent_calls"),
                servers(top));
    }

    /** Fields that nobody knows may stand there twice: comments for one. */
    static boolean isRefused(Problem problem) {
        List<String> names = problem.pointer().isEmpty() ? List.of() : Pointers.names(problem.pointer());
        String last = names.isEmpty() ? "" : names.get(names.size() - 1);
        return !problem.message().startsWith(SourceReader.TWICE) || KNOWN.contains(last) || names.size() > 4;
    }

    private List<MistralServer> servers(StrictFields top) {
        JsonNode list = top.object().path("servers");
        if (!list.isArray()) {
            findings.problem(
                    top.isNamed("servers") ? "/servers" : "",
                    top.isNamed("servers")
                            ? "expected a list, found " + Kind.of(list)
                            : "has no servers, which mistral.rs requires");
            return List.of();
        }
        List<MistralServer> servers = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String pointer = Pointers.child("/servers", String.valueOf(i));
            if (list.get(i).isObject()) {
                server(new StrictFields(list.get(i), pointer, findings)).ifPresent(servers::add);
            } else {
                findings.problem(pointer, "expected an object, found " + Kind.of(list.get(i)));
            }
        }
        return withoutReplaced(servers);
    }

    private Optional<MistralServer> server(StrictFields fields) {
        warnOfPolicy(fields, POLICY);
        fields.warnOfUnknown(with(SERVER, POLICY));
        if (fields.has("resources")) {
            fields.texts("resources");
            findings.warning(fields.at("resources"), "has no effect, there or here");
        }
        Optional<String> id = fields.unlessMissing("id").filter(text -> !text.isBlank());
        String label = fields.unlessMissing("name").orElse("");
        boolean isEnabled = fields.flag("enabled", true);
        Optional<String> prefix = fields.optional("tool_prefix");
        Prefix before = new Prefix(prefix, !fields.isNamed("tool_prefix"));
        Optional<String> token = fields.optional("bearer_token");
        return source(fields, token)
                .map(source -> new MistralServer(fields.pointer(), id, label, source, isEnabled, before));
    }

    private Optional<MistralSource> source(StrictFields server, Optional<String> token) {
        JsonNode object = server.object().path("source");
        String pointer = server.at("source");
        if (!object.isObject()) {
            findings.problem(
                    server.isNamed("source") ? pointer : server.pointer(),
                    "has no source: it would be reached over HTTP at no address");
            return Optional.empty();
        }
        StrictFields fields = new StrictFields(object, pointer, findings);
        fields.warnOfUnknown(SOURCE);
        Optional<String> type = fields.required("type");
        if (type.isPresent() && !TYPES.contains(type.get())) {
            findings.problem(
                    fields.at("type"),
                    "expected Http, Process or WebSocket, in exactly this form" + DidYouMean.hint(TYPES, type.get()));
            return Optional.empty();
        }
        return type.flatMap(known -> known.equals("Process") ? process(fields, server) : remote(known, fields, token));
    }

    private Optional<MistralSource> remote(String type, StrictFields fields, Optional<String> token) {
        Optional<Long> timeout = fields.number("timeout_secs");
        Map<String, String> headers = fields.map("headers");
        return fields.required("url")
                .map(url -> new MistralSource.Remote(type.equals("WebSocket"), url, timeout, headers, token));
    }

    private Optional<MistralSource> process(StrictFields fields, StrictFields server) {
        if (server.has("bearer_token")) {
            findings.warning(server.at("bearer_token"), "has no effect: the server is a process");
        }
        List<String> args = fields.requiredTexts("args");
        Optional<String> directory = fields.optional("work_dir");
        Map<String, String> environment = fields.map("env");
        return fields.required("command")
                .map(command -> new MistralSource.Child(command, args, directory, environment));
    }

    /** There, a server silently takes the place of an earlier one with the same id. */
    private List<MistralServer> withoutReplaced(List<MistralServer> servers) {
        Map<String, MistralServer> last = new LinkedHashMap<>();
        for (MistralServer server : servers) {
            MistralServer replaced = last.put(server.id().orElse(server.pointer()), server);
            if (replaced != null) {
                String by = findings.tree().origin(server.pointer()).toString();
                findings.warning(replaced.pointer(), "is left out: the server at " + by + " has the same id");
            }
        }
        return List.copyOf(last.values());
    }

    private void warnOfPolicy(StrictFields fields, String name) {
        if (fields.isNamed(name)) {
            findings.warning(fields.at(name), "belongs to a fork of mistral.rs and has no effect here");
        }
    }

    private static List<String> with(List<String> known, String further) {
        List<String> all = new ArrayList<>(known);
        all.add(further);
        return all;
    }
}
