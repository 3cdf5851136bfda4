package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.ClientCredentials;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.settings.servers.OAuthEntry;
import io.toolstream.settings.servers.ServerEntry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An operator's entry in the words of the MCP client. */
final class ServerSpecsTest {
    private static final URI ONE = URI.create("http://localhost:1/mcp");
    private static final URI TWO = URI.create("http://localhost:2/mcp");

    @Test
    void oneUrl_isOneServer() {
        ServerEntry entry = new ServerEntry.Http("a", List.of(ONE), Map.of("K", "v"), ServerEntry.Http2.ALWAYS);

        assertThat(ServerSpecs.of(entry, 1))
                .containsExactly(new ServerSpec.Http("a", ONE, Map.of("K", "v"), ServerSpec.Http2.ALWAYS));
    }

    @Test
    void oauth_isPassedOnWithItsIssuer() {
        OAuthEntry oauth = new OAuthEntry(
                "me",
                new OAuthEntry.Proof.SigningKey("pem", "ES256", "k"),
                URI.create("https://login.example"),
                List.of("a"));
        ServerEntry entry = new ServerEntry.Http("a", List.of(ONE), Map.of(), ServerEntry.Http2.AUTO, oauth);

        assertThat(ServerSpecs.of(entry, 1))
                .containsExactly(new ServerSpec.Http(
                        "a",
                        ONE,
                        Map.of(),
                        ServerSpec.Http2.AUTO,
                        new ClientCredentials(
                                "me",
                                new ClientCredentials.Proof.SigningKey("pem", "ES256", "k"),
                                URI.create("https://login.example"),
                                List.of("a"))));
    }

    @Test
    void severalUrls_areAnEndpointEach_inTheirOrder() {
        ServerEntry entry = new ServerEntry.Http("a", List.of(ONE, TWO), Map.of(), ServerEntry.Http2.AUTO);

        assertThat(ServerSpecs.of(entry, 1))
                .containsExactly(new ServerSpec.Http("a#1", ONE, Map.of()), new ServerSpec.Http("a#2", TWO, Map.of()));
    }

    @Test
    void children_areOneEndpoint_filledOneAfterTheOther() {
        ServerEntry entry = new ServerEntry.Stdio("a", List.of("x"), Map.of(), null);
        ServerSpec child = new ServerSpec.Stdio("a", List.of("x"), Map.of(), null);

        assertThat(ServerSpecs.of(entry, 1)).containsExactly(child);
        assertThat(ServerSpecs.of(entry, 2))
                .containsExactly(new ServerSpec.Replicas("a", List.of(child, child), false));
    }

    @Test
    void webSocket_staysOne() {
        URI url = URI.create("ws://localhost/mcp");

        assertThat(ServerSpecs.of(new ServerEntry.WebSocket("a", url, Map.of()), 8))
                .containsExactly(new ServerSpec.WebSocket("a", url, Map.of()));
    }
}
