package io.toolstream.worker;

import io.toolstream.mcp.ClientCredentials;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.settings.servers.OAuthEntry;
import io.toolstream.settings.servers.ServerEntry;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An operator's entry in the words of the MCP client. Pure. */
final class ServerSpecs {
    private ServerSpecs() {}

    /**
     * One for each endpoint, in the operator's order: breakers and limits belong to an endpoint. Children of one command
     * are together one endpoint.
     *
     * @param children of one stdio server, at most
     */
    static List<ServerSpec> of(ServerEntry entry, int children) {
        if (entry instanceof ServerEntry.Http http) {
            return each(http);
        }
        if (entry instanceof ServerEntry.WebSocket socket) {
            return List.of(new ServerSpec.WebSocket(socket.name(), socket.url(), socket.headers()));
        }
        ServerEntry.Stdio stdio = (ServerEntry.Stdio) entry;
        ServerSpec child = new ServerSpec.Stdio(stdio.name(), stdio.command(), stdio.environment(), stdio.directory());
        return List.of(
                children == 1
                        ? child
                        : new ServerSpec.Replicas(stdio.name(), Collections.nCopies(children, child), false));
    }

    private static List<ServerSpec> each(ServerEntry.Http http) {
        ServerSpec.Http2 http2 = switch (http.http2()) {
            case AUTO -> ServerSpec.Http2.AUTO;
            case ALWAYS -> ServerSpec.Http2.ALWAYS;
            case NEVER -> ServerSpec.Http2.NEVER;
        };
        int count = http.urls().size();
        return IntStream.range(0, count)
                .<ServerSpec>mapToObj(i -> new ServerSpec.Http(
                        count == 1 ? http.name() : http.name() + "#" + (i + 1),
                        http.urls().get(i),
                        http.headers(),
                        http2,
                        credentials(http.oauth())))
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
}
