package io.toolstream.settings.mistral;

import io.toolstream.settings.source.Pointers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes one server as an entry of an {@code mcp.json}, and says what is otherwise here than there. */
final class EntryWriter {
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(authorization|cookie|key|token|secret|passw|credential).*");
    private static final Pattern SECRET_IN_URL = Pattern.compile("(?i).*[?&][^=]*(key|token|secret|passw)[^=]*=.+");

    /** There they must be given for a WebSocket to be opened at all; here they belong to the connection. */
    private static final Set<String> HANDSHAKE = Set.of("host", "connection", "upgrade");

    private final String name;
    private final MistralServer server;
    private final Findings findings;
    private final ObjectNode entry = JsonNodeFactory.instance.objectNode();

    EntryWriter(String name, MistralServer server, Findings findings) {
        this.name = name;
        this.server = server;
        this.findings = findings;
    }

    ObjectNode write() {
        if (server.source() instanceof MistralSource.Remote remote) {
            remote(remote);
        } else if (server.source() instanceof MistralSource.Child process) {
            process(process);
        }
        return entry;
    }

    private void remote(MistralSource.Remote remote) {
        String url = at("/source/url");
        entry.put("type", remote.isWebSocket() ? "ws" : "http");
        entry.put("url", literal(remote.url(), url));
        if (SECRET_IN_URL.matcher(remote.url()).matches()) {
            warnOfSecret(url, name + "_url");
        }
        Map<String, String> headers = new TreeMap<>(remote.headers());
        if (remote.isWebSocket()) {
            headers.keySet().removeIf(this::isOfHandshake);
        }
        remote.bearerToken().ifPresent(token -> authorize(headers, token));
        if (headers.isEmpty()) {
            return;
        }
        ObjectNode written = entry.putObject("headers");
        headers.forEach((header, value) -> written.put(header, header(header, value, remote)));
    }

    private String header(String header, String value, MistralSource.Remote remote) {
        boolean isToken = header.equals("Authorization") && remote.bearerToken().isPresent();
        String at = isToken ? at("/bearer_token") : Pointers.child(at("/source/headers"), header);
        if (SECRET.matcher(header).matches()) {
            warnOfSecret(at, name + "_" + (isToken ? "token" : header));
        }
        return literal(value, at);
    }

    private boolean isOfHandshake(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        boolean isOfHandshake = HANDSHAKE.contains(lower) || lower.startsWith("sec-websocket-");
        if (isOfHandshake) {
            findings.warning(
                    Pointers.child(at("/source/headers"), header), "is left out: it belongs to the connection here");
        }
        return isOfHandshake;
    }

    private void authorize(Map<String, String> headers, String token) {
        for (String header : headers.keySet().toArray(String[]::new)) {
            if (header.equalsIgnoreCase("Authorization")) {
                headers.remove(header);
                findings.warning(
                        Pointers.child(at("/source/headers"), header), "is left out: bearer_token goes before it");
            }
        }
        headers.put("Authorization", "Bearer " + token);
    }

    private void process(MistralSource.Child process) {
        String args = at("/source/args");
        entry.put("type", "stdio");
        entry.put("command", literal(process.command(), at("/source/command")));
        ArrayNode written = entry.putArray("args");
        for (String arg : process.args()) {
            written.add(literal(arg, Pointers.child(args, String.valueOf(written.size()))));
        }
        process.directory().ifPresent(directory -> entry.put("cwd", literal(directory, at("/source/work_dir"))));
        findings.warning(
                at("/source"),
                "has the environment of mistral.rs there, and a clean one here: name what it needs in env, as \"X\": \"${env:X}\""
                        + (process.directory().isPresent()
                                ? ""
                                : "; it runs in the folder of the mcp.json here, in that of mistral.rs there"));
        if (!process.environment().isEmpty()) {
            ObjectNode environment = entry.putObject("env");
            new TreeMap<>(process.environment())
                    .forEach((variable, value) -> environment.put(variable, variable(variable, value)));
        }
    }

    private String variable(String variable, String value) {
        String at = Pointers.child(at("/source/env"), variable);
        if (SECRET.matcher(variable).matches() && !value.isEmpty()) {
            warnOfSecret(at, variable);
        }
        return literal(value, at);
    }

    /** Nothing is ever expanded there; here the dollar of what looks like a reference is doubled to keep it as it is. */
    private String literal(String text, String at) {
        if (text.contains("${")) {
            findings.warning(
                    at, "is passed on as it stands there, and kept so ($${…}); in the output, ${…} would be expanded");
        }
        return text.replace("${", "$${");
    }

    private void warnOfSecret(String at, String suggested) {
        String variable = suggested.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
        findings.warning(
                at,
                "looks like a secret and stands in clear text, in the output too: ${env:" + variable
                        + "} there keeps it out of the file");
    }

    private String at(String below) {
        return server.pointer() + below;
    }
}
