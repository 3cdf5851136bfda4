package io.toolstream.mcp.auth;

import io.toolstream.mcp.json.FlatDocument;
import java.net.URI;
import java.util.List;

/** Where the documents of OAuth discovery are: RFC 9728 for resources, RFC 8414 and OpenID for issuers. Pure. */
final class Documents {
    private static final String WELL_KNOWN = "/.well-known/";

    private Documents() {}

    /** Where a tool server describes itself, in the order in which to look. */
    static List<URI> ofResource(URI server) {
        String path = path(server);
        URI root = at(server, WELL_KNOWN + "oauth-protected-resource");
        return path.isEmpty()
                ? List.of(root)
                : List.of(at(server, WELL_KNOWN + "oauth-protected-resource" + path), root);
    }

    /** Where an authorization server describes itself, in the order in which to look. */
    static List<URI> ofIssuer(URI issuer) {
        String path = path(issuer);
        URI oauth = at(issuer, WELL_KNOWN + "oauth-authorization-server" + path);
        URI openId = at(issuer, WELL_KNOWN + "openid-configuration" + path);
        return path.isEmpty()
                ? List.of(oauth, openId)
                : List.of(oauth, openId, at(issuer, path + WELL_KNOWN + "openid-configuration"));
    }

    private static String path(URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static URI at(URI origin, String path) {
        return URI.create(origin.getScheme() + "://" + origin.getRawAuthority() + path);
    }

    /** Whether a resource's identifier covers this server: the same origin, and a path above or equal to the server's. */
    static boolean isAbout(URI resource, URI server) {
        String above = path(resource);
        String below = path(server);
        return new UrlRule(server, null).isSameOrigin(resource)
                && (below.equals(above) || below.startsWith(above + "/"));
    }

    /** A member that must not be absent where a list of what is supported is given at all. */
    static boolean supports(FlatDocument document, String list, String wanted) {
        List<String> supported = document.list(list);
        return supported == null || supported.contains(wanted);
    }
}
