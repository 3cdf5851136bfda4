package io.toolstream.settings.servers;

import io.toolstream.settings.source.DidYouMean;
import io.toolstream.settings.source.Kind;
import io.toolstream.settings.source.Pointers;
import java.util.List;
import java.util.Optional;

/** Reads one server: decides over which transport it is reached and hands it to the reader of that. */
final class EntryReader {
    private static final List<String> KNOWN = List.of(
            "type",
            "command",
            "args",
            "env",
            "envFile",
            "cwd",
            "url",
            "urls",
            "http2",
            "headers",
            "oauth",
            "disabled",
            "enabled");

    private final String name;
    private final Fields fields;
    private final Workspace workspace;

    EntryReader(String name, Fields fields, Workspace workspace) {
        this.name = name;
        this.fields = fields;
        this.workspace = workspace;
    }

    /** Empty if the server is disabled or wrong. */
    Optional<ServerEntry> read() {
        if (!fields.entry().isObject()) {
            fields.problem("", "expected an object, found " + Kind.of(fields.entry()));
            return Optional.empty();
        }
        warnOfUnknown();
        if (fields.flag("disabled", false) || !fields.flag("enabled", true)) {
            return Optional.empty();
        }
        return transport().flatMap(this::entry);
    }

    private Optional<ServerEntry> entry(Transport transport) {
        return switch (transport) {
            case STDIO -> new StdioReader(name, fields, workspace).read();
            case HTTP, SSE -> new HttpReader(name, fields).read();
            case WEBSOCKET -> new HttpReader(name, fields).readWebSocket();
        };
    }

    private Optional<Transport> transport() {
        Optional<String> type = fields.text("type");
        if (type.isPresent()) {
            Optional<Transport> named = Transport.named(type.get());
            if (named.isEmpty()) {
                fields.problem("type", "expected stdio, http or ws, found something else");
            }
            return named;
        }
        boolean hasUrl = fields.has("url") || fields.has("urls");
        if (fields.has("command") == hasUrl) {
            String found = hasUrl ? "both command and url: say which by type" : "neither command nor url";
            fields.problem("", "has " + found);
            return Optional.empty();
        }
        boolean isSocket = fields.text("url").filter(ServerUrl::isWebSocket).isPresent();
        Transport byUrl = isSocket ? Transport.WEBSOCKET : Transport.HTTP;
        return Optional.of(fields.has("command") ? Transport.STDIO : byUrl);
    }

    private void warnOfUnknown() {
        fields.entry().forEachEntry((key, value) -> {
            if (!KNOWN.contains(key) && !key.startsWith("x-")) {
                String at = Pointers.child(fields.pointer(), key);
                fields.notes().keyWarning(at, "is not known here and passed over" + DidYouMean.hint(KNOWN, key));
            }
        });
    }
}
