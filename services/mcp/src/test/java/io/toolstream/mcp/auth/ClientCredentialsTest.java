package io.toolstream.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.ClientCredentials;
import io.toolstream.mcp.ClientCredentials.Proof;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.auth.Site.Answer;
import io.toolstream.mcp.auth.Site.Visit;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.Peer;
import io.toolstream.testkit.raw.RawRequest;
import io.toolstream.testkit.raw.RawServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** OAuth client credentials against a tool server and an authorization server on loopback. */
final class ClientCredentialsTest extends OAuthSites {
    @Test
    void call_getsATokenForThisServerAndUsesIt() {
        String result = Calls.call(open(issuer.url()), "t");

        assertThat(result).isEqualTo("{\"content\":[]}");
        assertThat(issuer.visits("/token")).singleElement().satisfies(visit -> {
            assertThat(new String(
                            Base64.getDecoder().decode(visit.authorization().substring("Basic ".length())),
                            StandardCharsets.UTF_8))
                    .isEqualTo("cli%C3%ABnt:s3cret%2F%26%3D");
            assertThat(visit.body())
                    .isEqualTo("grant_type=client_credentials&resource="
                            + URLEncoder.encode(tools.url() + "/mcp", StandardCharsets.UTF_8)
                            + "&scope=mcp%3Acall");
        });
    }

    @Test
    void manyCalls_shareOneToken() {
        ToolServer server = open(issuer.url());
        List<CompletableFuture<ToolResult>> calls =
                Stream.generate(() -> server.call(Calls.request("t"))).limit(50).toList();

        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();

        assertThat(tokens).hasValue(1);
        assertThat(issuer.visits(ISSUER)).hasSize(1);
    }

    @Test
    void tokenThatIsTakenBack_isReplacedOnceForAll() {
        ToolServer server = open(issuer.url());
        Calls.call(server, "t");
        accepted = "token-2";

        List<CompletableFuture<ToolResult>> calls =
                Stream.generate(() -> server.call(Calls.request("t"))).limit(50).toList();
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();

        assertThat(tokens).hasValue(2);
    }

    @Test
    void tokenThatEnds_isReplacedBefore() {
        accepted = "token-2";
        issuer.put("/token", visit -> {
            int number = tokens.incrementAndGet();
            accepted = "token-" + number;
            return Answer.ok("{\"access_token\":\"token-" + number + "\",\"token_type\":\"Bearer\",\"expires_in\":1}");
        });
        ToolServer server = open(issuer.url());
        Calls.call(server, "t");
        int denials = denials();

        await().untilAsserted(() -> {
            Calls.call(server, "t");
            assertThat(tokens).hasValueGreaterThanOrEqualTo(2);
        });

        // The server never had to say so.
        assertThat(denials()).isEqualTo(denials);
    }

    private int denials() {
        return (int) tools.visits("/mcp").stream()
                .filter(visit -> visit.authorization().isEmpty())
                .count();
    }

    @Test
    void serverThatRefusesEverything_isNotAskedForEver() {
        accepted = "never";
        ToolServer server = open(issuer.url());

        for (int i = 0; i < 20; i++) {
            McpException failure = Calls.failure(server.call(Calls.request("t")));
            assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
        }

        assertThat(tokens).hasValue(1);
    }

    @Test
    void refusingAuthorizationServer_isNotAskedForEver() {
        issuer.put(
                "/token", visit -> new Answer(401, "", "{\"error\":\"invalid_client\",\"error_description\":\"x\"}"));
        ToolServer server = open(issuer.url());

        McpException failure = Calls.failure(server.call(Calls.request("t")));
        Calls.failure(server.call(Calls.request("t")));

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(failure).hasMessageContaining("invalid_client").hasMessageNotContaining("s3cret");
        assertThat(issuer.visits("/token")).hasSize(1);
    }

    /** A tool server cannot make us show our secret to whom it likes. */
    @Test
    void issuerThatTheOperatorDidNotName_getsNothing() {
        try (Site honest = new Site()) {
            McpException failure = Calls.failure(open(honest.url()).call(Calls.request("t")));

            assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
            assertThat(failure.delivery()).isEqualTo(McpException.Delivery.NOT_SENT);
            assertThat(issuer.visits()).isEmpty();
            assertThat(honest.visits()).isEmpty();
        }
    }

    @Test
    void metadataOfAnotherIssuer_isRefused() {
        issuer.put(ISSUER, visit -> Answer.ok(issuerMetadata(issuer.url() + "/", issuer.url() + "/token")));

        McpException failure = Calls.failure(open(issuer.url()).call(Calls.request("t")));

        assertThat(failure).hasMessageContaining("another issuer");
        assertThat(issuer.visits("/token")).isEmpty();
    }

    @Test
    void metadataOfAnotherResource_isRefused() {
        tools.put(RESOURCE, visit -> Answer.ok(resource("https://bank.example/mcp", issuer.url())));

        McpException failure = Calls.failure(open(issuer.url()).call(Calls.request("t")));

        assertThat(failure).hasMessageContaining("another resource");
        assertThat(issuer.visits()).isEmpty();
    }

    @Test
    void metadataAtAnotherOrigin_isNotEvenAskedFor() {
        tools.put("/mcp", visit -> new Answer(401, "Bearer resource_metadata=\"" + issuer.url() + "/anything\"", ""));

        McpException failure = Calls.failure(open(null).call(Calls.request("t")));

        assertThat(failure).hasMessageContaining("own origin");
        assertThat(issuer.visits()).isEmpty();
    }

    @Test
    void challengeWithoutMetadata_looksAtTheWellKnownPlaces() {
        tools.put(
                "/mcp",
                visit -> visit.authorization().equals("Bearer token-1") ? mcp(visit) : new Answer(401, "Bearer", ""));
        tools.put(RESOURCE, visit -> new Answer(404, "", ""));
        tools.put(
                "/.well-known/oauth-protected-resource",
                visit -> Answer.ok(resource(tools.url(), issuer.url() + "/tenant")));
        issuer.put(ISSUER, visit -> new Answer(404, "", ""));
        issuer.put(
                "/tenant/.well-known/openid-configuration",
                visit -> Answer.ok(issuerMetadata(issuer.url() + "/tenant", issuer.url() + "/token")));

        Calls.call(open(issuer.url() + "/tenant"), "t");

        assertThat(issuer.visits())
                .extracting(Visit::path)
                .containsExactly(
                        ISSUER + "/tenant",
                        "/.well-known/openid-configuration/tenant",
                        "/tenant/.well-known/openid-configuration",
                        "/token");
        // Without a word of the server, its own list is what is asked for.
        assertThat(issuer.visits("/token").get(0).body()).endsWith("&scope=a+b");
    }

    @Test
    void authorizationServerThatWantsTheSecretInTheForm_getsItThere() {
        issuer.put(
                ISSUER,
                visit -> Answer.ok(
                        issuerMetadata(issuer.url(), issuer.url() + "/token").replace("\"client_secret_basic\",", "")));

        Calls.call(open(issuer.url()), "t");

        assertThat(issuer.visits("/token").get(0)).satisfies(visit -> {
            assertThat(visit.authorization()).isEmpty();
            assertThat(visit.body()).contains("client_id=cli%C3%ABnt&client_secret=s3cret%2F%26%3D");
        });
    }

    @Test
    void tokensAndSecrets_arePrintedNowhere() {
        ClientCredentials credentials = new ClientCredentials("id", new Proof.Secret(SECRET), null, List.of());
        ServerSpec.Http spec = new ServerSpec.Http(
                "t", URI.create("http://localhost/mcp"), Map.of(), ServerSpec.Http2.AUTO, credentials);
        Proof.SigningKey key = new Proof.SigningKey("-----BEGIN", "ES256", null);

        assertThat(credentials + " " + spec + " " + key + " " + new Token("abc", 0, ""))
                .doesNotContain("s3cret", "BEGIN", "abc");
    }

    @Test
    void credentialsBesideAFixedHeader_areRefused() {
        ClientCredentials credentials = new ClientCredentials("id", new Proof.Secret("s"), null, List.of());

        assertThatThrownBy(() -> new ServerSpec.Http(
                        "t",
                        URI.create("http://localhost/mcp"),
                        Map.of("authorization", "Bearer x"),
                        ServerSpec.Http2.AUTO,
                        credentials))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Answers nobody who wants a token. */
    private CompletableFuture<Void> holdBackTokens() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        issuer.put("/token", visit -> {
            released.join();
            return token();
        });
        return released;
    }

    @Test
    void timeout_whileTheTokenIsAwaited_isNotSent() {
        CompletableFuture<Void> released = holdBackTokens();
        ToolServer server = open(issuer.url());

        McpException failure = Calls.failure(server.call(Calls.request("t", Duration.ofMillis(300))));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.delivery()).isEqualTo(McpException.Delivery.NOT_SENT);
        released.complete(null);
    }

    @Test
    void close_whileTheTokenIsAwaited_failsTheCall() {
        CompletableFuture<Void> released = holdBackTokens();
        ToolServer server = open(issuer.url());
        CompletableFuture<ToolResult> call = server.call(Calls.request("t"));
        await().until(() -> !issuer.visits("/token").isEmpty());

        client.close().join();

        assertThat(Calls.failure(call).delivery()).isEqualTo(McpException.Delivery.NOT_SENT);
        released.complete(null);
    }

    /** The transport of 2024-11-05, where even the stream on which answers come wants a token. */
    @Test
    void streamOfAnOldServer_carriesTheToken() {
        List<String> streams = new CopyOnWriteArrayList<>();
        List<String> posts = new CopyOnWriteArrayList<>();
        AtomicReference<Peer> stream = new AtomicReference<>();
        RawServer.Script script = peer -> {
            for (RawRequest request = peer.read(); request != null; request = peer.read()) {
                boolean isKnown = request.header("authorization").equals("Bearer token-1");
                if (request.method().equals("GET") && !request.header("accept").contains("event-stream")) {
                    peer.write(Http.json(200, resource("http://" + request.header("host") + "/mcp", issuer.url())));
                } else if (request.method().equals("GET") && !isKnown) {
                    peer.write(
                            "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nWWW-Authenticate: Bearer scope=\"s\"\r\n\r\n");
                } else if (request.method().equals("GET")) {
                    streams.add(request.header("authorization"));
                    stream.set(peer);
                    peer.write(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + Http.chunk("event: endpoint\ndata: /message\n\n"));
                } else if (stream.get() == null) {
                    peer.write("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n");
                } else {
                    posts.add(request.header("authorization"));
                    peer.accept();
                    answerOn(stream.get(), request);
                }
            }
        };
        try (RawServer old = new RawServer(script)) {
            String url = "http://127.0.0.1:" + old.port();
            ClientCredentials credentials =
                    new ClientCredentials("client", new Proof.Secret(SECRET), URI.create(issuer.url()), List.of());
            ToolServer server = client.open(
                    new ServerSpec.Http("old", URI.create(url + "/mcp"), Map.of(), ServerSpec.Http2.AUTO, credentials));

            assertThat(Calls.call(server, "t")).isEqualTo(Http.content("t"));

            assertThat(streams).containsExactly("Bearer token-1");
            assertThat(posts).isNotEmpty().containsOnly("Bearer token-1");
        }
    }

    private static void answerOn(Peer stream, RawRequest request) throws IOException {
        String result = request.rpc().equals("initialize")
                ? "{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{}}"
                : Http.content(request.tool());
        if (request.id() >= 0) {
            stream.write(Http.chunk(
                    Http.event("{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":" + result + "}")));
        }
    }
}
