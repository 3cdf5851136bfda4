package io.toolstream.mcp.http;

import io.toolstream.mcp.tcp.Endpoint;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The heads of all requests to one server, and of those to another path of it that it names itself. */
final class RequestHeads {
    private final URI url;
    private final Endpoint endpoint;
    private final Map<String, String> headers;
    private final String userAgent;
    private final RequestHead post;
    private final RequestHead get;
    private final RequestHead delete;

    RequestHeads(URI url, Map<String, String> headers, String userAgent) {
        this.url = url;
        this.endpoint = Endpoint.http(url);
        this.headers = headers;
        this.userAgent = userAgent;
        this.post = RequestHead.post(endpoint, headers, userAgent);
        this.get = RequestHead.get(endpoint, headers, userAgent);
        this.delete = RequestHead.delete(endpoint, headers, userAgent);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    RequestHead post() {
        return post;
    }

    RequestHead get() {
        return get;
    }

    RequestHead delete() {
        return delete;
    }

    /** Where a reference of the server leads, or null if that is not this server: headers may be secret. */
    @Nullable
    RequestHead postTo(String reference) {
        try {
            Endpoint other = Endpoint.http(url.resolve(reference));
            boolean isOurs = other.isTls() == endpoint.isTls()
                    && other.host().equals(endpoint.host())
                    && other.port() == endpoint.port();
            return isOurs ? RequestHead.post(other, headers, userAgent) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
