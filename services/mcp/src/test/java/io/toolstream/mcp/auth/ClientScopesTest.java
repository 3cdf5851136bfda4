package io.toolstream.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.ClientCredentials;
import io.toolstream.mcp.ClientCredentials.Proof;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.auth.Site.Answer;
import io.toolstream.mcp.raw.Calls;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens where a token does not reach as far as a call wants. */
final class ClientScopesTest extends OAuthSites {
    private Answer forbidden(String scopes) {
        return new Answer(403, "Bearer error=\"insufficient_scope\", scope=\"" + scopes + "\"", "");
    }

    @Test
    void tokenWithTooFewScopes_isSteppedUpOnceForAll() {
        tools.put("/mcp", visit -> switch (visit.authorization()) {
            case "" -> denied();
            case "Bearer token-1" -> visit.body().contains("\"t\"") ? forbidden("files:write") : mcp(visit);
            default -> mcp(visit);
        });
        ToolServer server = open(issuer.url());
        server.probe().join();

        List<CompletableFuture<ToolResult>> calls =
                Stream.generate(() -> server.call(Calls.request("t"))).limit(10).toList();
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();

        assertThat(tokens).hasValue(2);
        assertThat(issuer.visits("/token").get(1).body()).endsWith("&scope=mcp%3Acall+files%3Awrite");
        // Where tokens come from is known already.
        assertThat(issuer.visits(ISSUER)).hasSize(1);
    }

    @Test
    void serverThatWantsMoreScopesForEver_isAskedOnceMoreAndThenFails() {
        tools.put("/mcp", visit -> visit.authorization().isEmpty() ? denied() : forbidden("files:write"));
        ToolServer server = open(issuer.url());

        for (int i = 0; i < 3; i++) {
            McpException failure = Calls.failure(server.call(Calls.request("t")));

            assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
            assertThat(failure).hasMessageContaining("files:write");
        }
        assertThat(tokens).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void scopesOfTheOperator_areNotSteppedUp() {
        tools.put("/mcp", visit -> visit.authorization().isEmpty() ? denied() : forbidden("everything"));
        ClientCredentials credentials = new ClientCredentials(
                "client", new Proof.Secret(SECRET), URI.create(issuer.url()), List.of("tools:call"));
        ToolServer server = client.open(new ServerSpec.Http(
                "tools", URI.create(tools.url() + "/mcp"), Map.of(), ServerSpec.Http2.AUTO, credentials));

        McpException failure = Calls.failure(server.call(Calls.request("t")));

        assertThat(failure).hasMessageContaining("everything");
        assertThat(tokens).hasValue(1);
    }

    @Test
    void otherRefusals_areNoMatterOfScopes() {
        tools.put("/mcp", visit -> visit.authorization().isEmpty() ? denied() : new Answer(403, "", ""));

        McpException failure = Calls.failure(open(issuer.url()).call(Calls.request("t")));

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(tokens).hasValue(1);
    }
}
