package io.toolstream.worker;

import io.toolstream.mcp.ClientCredentials;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.settings.servers.OAuthEntry;
import io.toolstream.settings.servers.ServerEntry;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operator's entry in the words of the MCP client. Pure. */
final class ServerSpecs {
    private ServerSpecs() {}

    /** @param children of one stdio server, at most */
    static ServerSpec of(ServerEntry entry, int children) {
        if (entry instanceof ServerEntry.Http http) {
            return oneOrMore(http.name(), each(http), true);
        }
        if (entry instanceof ServerEntry.WebSocket socket) {
            return new ServerSpec.WebSocket(socket.name(), socket.url(), socket.headers());
        }
        if (entry instanceof ServerEntry.Stdio stdio) {
            ServerSpec child =
                    new ServerSpec.Stdio(stdio.name(), stdio.command(), stdio.environment(), stdio.directory());
            return oneOrMore(stdio.name(), Collections.nCopies(children, child), false);
        }
        throw new IllegalArgumentException(((ServerEntry.Unsupported) entry).reason());
    }

    private static List<ServerSpec> each(ServerEntry.Http http) {
        ServerSpec.Http2 http2 = switch (http.http2()) {
            case AUTO -> ServerSpec.Http2.AUTO;
            case ALWAYS -> ServerSpec.Http2.ALWAYS;
            case NEVER -> ServerSpec.Http2.NEVER;
        };
        return http.urls().stream()
                .<ServerSpec>map(
                        url -> new ServerSpec.Http(http.name(), url, http.headers(), http2, credentials(http.oauth())))
                .toList();
    }

    private static @Nullable ClientCredentials credentials(@Nullable OAuthEntry oauth) {
        return oauth == null
                ? null
                : new ClientCredentials(oauth.clientId(), proof(oauth.proof()), oauth.issuer(), oauth.scopes());
    }

    private static ClientCredentials.Proof proof(OAuthEntry.Proof proof) {
        return proof instanceof OAuthEntry.Proof.SigningKey key
                ? new ClientCredentials.Proof.SigningKey(key.pem(), key.algorithm(), key.keyId())
                : new ClientCredentials.Proof.Secret(((OAuthEntry.Proof.Secret) proof).secret());
    }

    private static ServerSpec oneOrMore(String name, List<ServerSpec> replicas, boolean isSpread) {
        return replicas.size() == 1 ? replicas.get(0) : new ServerSpec.Replicas(name, replicas, isSpread);
    }
}
