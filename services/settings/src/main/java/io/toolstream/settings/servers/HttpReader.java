package io.toolstream.settings.servers;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a server that is an HTTP endpoint. */
final class HttpReader {
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");

    /** Those that frame a message: only the client can set them. */
    private static final Set<String> FRAMING =
            Set.of("host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer");

    private final String name;
    private final Fields fields;

    HttpReader(String name, Fields fields) {
        this.name = name;
        this.fields = fields;
    }

    Optional<ServerEntry> read() {
        Map<String, String> headers = headers("the server is an HTTP endpoint");
        ServerEntry.Http2 http2 = http2();
        List<URI> urls = fields.has("urls")
                ? urls()
                : url("url", ServerUrl.HTTP).stream().toList();
        OAuthEntry oauth = OAuthReader.read(fields, headers).orElse(null);
        return urls.isEmpty() ? Optional.empty() : Optional.of(new ServerEntry.Http(name, urls, headers, http2, oauth));
    }

    Optional<ServerEntry> readWebSocket() {
        Map<String, String> headers = headers("the server is a WebSocket");
        if (fields.has("oauth")) {
            fields.warning("oauth", "is passed over: the server is a WebSocket");
        }
        return url("url", ServerUrl.WEB_SOCKET).map(url -> new ServerEntry.WebSocket(name, url, headers));
    }

    private Map<String, String> headers(String kind) {
        Map<String, String> headers = fields.map("headers");
        headers.forEach(this::checkHeader);
        for (String field : new String[] {"command", "args", "env", "envFile", "cwd"}) {
            if (fields.has(field)) {
                fields.warning(field, "is passed over: " + kind);
            }
        }
        return headers;
    }

    /** Of replicas. */
    private List<URI> urls() {
        if (fields.has("url")) {
            fields.problem("urls", "expected url or urls, found both");
        }
        List<URI> urls = new ArrayList<>();
        fields.texts("urls").forEach(text -> url("urls", text, ServerUrl.HTTP).ifPresent(urls::add));
        if (urls.isEmpty()) {
            fields.problem("urls", "names no server");
        }
        return urls;
    }

    private Optional<URI> url(String field, List<String> schemes) {
        if (!fields.has(field)) {
            fields.problem("", "has no url");
        }
        return fields.text(field).flatMap(text -> url(field, text, schemes));
    }

    private Optional<URI> url(String field, String text, List<String> schemes) {
        ServerUrl url = ServerUrl.parse(text, schemes);
        url.problem().ifPresent(message -> fields.problem(field, message));
        url.warning().ifPresent(message -> fields.warning(field, message));
        return url.problem().isPresent() ? Optional.empty() : url.url();
    }

    private ServerEntry.Http2 http2() {
        return switch (fields.text("http2").orElse("auto")) {
            case "auto" -> ServerEntry.Http2.AUTO;
            case "always" -> ServerEntry.Http2.ALWAYS;
            case "never" -> ServerEntry.Http2.NEVER;
            default -> {
                fields.problem("http2", "expected auto, always or never");
                yield ServerEntry.Http2.AUTO;
            }
        };
    }

    private void checkHeader(String header, String value) {
        if (!HEADER_NAME.matcher(header).matches()) {
            fields.problem("headers", header, "expected the name of a header: letters, digits and -");
        } else if (FRAMING.contains(header.toLowerCase(Locale.ROOT))) {
            fields.problem("headers", header, "cannot be set: it belongs to the connection");
        }
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            fields.problem("headers", header, "holds a line break or another control character");
        }
    }
}
