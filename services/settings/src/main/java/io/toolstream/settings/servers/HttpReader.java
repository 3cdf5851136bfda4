package io.toolstream.settings.servers;

import java.net.URI;
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
        Map<String, String> headers = fields.map("headers");
        headers.forEach(this::checkHeader);
        if (!fields.has("url")) {
            fields.problem("", "has no url");
        }
        for (String field : new String[] {"command", "args", "env", "envFile", "cwd"}) {
            if (fields.has(field)) {
                fields.warning(field, "is passed over: the server is an HTTP endpoint");
            }
        }
        return fields.text("url").flatMap(this::url).map(url -> new ServerEntry.Http(name, url, headers));
    }

    private Optional<URI> url(String text) {
        ServerUrl url = ServerUrl.parse(text);
        url.problem().ifPresent(message -> fields.problem("url", message));
        url.warning().ifPresent(message -> fields.warning("url", message));
        return url.problem().isPresent() ? Optional.empty() : url.url();
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
