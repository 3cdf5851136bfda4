package io.toolstream.mcp.auth;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What discovery has found: whom to ask for tokens, for what.
 *
 * @param issuer the identifier, verbatim
 * @param resource the tool server's identifier, as it names itself
 * @param authMethods how a client may prove itself; null where it is not said
 * @param scopes what the tool server supports, separated by blanks; empty if it does not say
 */
record AuthorizationServer(
        String issuer,
        URI tokenEndpoint,
        String resource,
        @Nullable List<String> authMethods,
        String scopes) {}
