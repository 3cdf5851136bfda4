package io.toolstream.mcp.auth;

import io.toolstream.mcp.ClientCredentials;
import io.toolstream.mcp.ClientCredentials.Proof;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.auth.Site.Answer;
import io.toolstream.mcp.auth.Site.Visit;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A tool server and an authorization server on loopback, which do as they should until a test has them do otherwise. */
abstract class OAuthSites {
    static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    static final String RESOURCE = "/.well-known/oauth-protected-resource/mcp";
    static final String ISSUER = "/.well-known/oauth-authorization-server";
    static final String SECRET = "s3cret/&=";

    final Site tools = new Site();
    final Site issuer = new Site();
    final McpClient client = McpClient.create(McpClientSettings.DEFAULT);
    final AtomicInteger tokens = new AtomicInteger();
    volatile String accepted = "token-1";

    @BeforeEach
    void behave() {
        tools.put("/mcp", visit -> visit.authorization().equals("Bearer " + accepted) ? mcp(visit) : denied());
        tools.put(RESOURCE, visit -> Answer.ok(resource(tools.url() + "/mcp", issuer.url())));
        issuer.put(ISSUER, visit -> Answer.ok(issuerMetadata(issuer.url(), issuer.url() + "/token")));
        issuer.put("/token", visit -> token());
    }

    @AfterEach
    void close() {
        client.close().join();
        tools.close();
        issuer.close();
    }

    static Answer mcp(Visit visit) {
        Matcher id = ID.matcher(visit.body());
        String result = visit.body().contains("server/discover")
                ? "{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}"
                : "{\"content\":[]}";
        return id.find()
                ? Answer.ok("{\"jsonrpc\":\"2.0\",\"id\":" + id.group(1) + ",\"result\":" + result + "}")
                : new Answer(202, "", "");
    }

    Answer denied() {
        return new Answer(
                401,
                "Bearer error=\"invalid_token\", resource_metadata=\"" + tools.url() + RESOURCE
                        + "\", scope=\"mcp:call\"",
                "{\"error\":\"invalid_token\"}");
    }

    Answer token() {
        return Answer.ok("{\"access_token\":\"token-" + tokens.incrementAndGet()
                + "\",\"token_type\":\"bearer\",\"expires_in\":3600}");
    }

    static String resource(String resource, String... issuers) {
        return "{\"resource\":\"" + resource + "\",\"authorization_servers\":[\"" + String.join("\",\"", issuers)
                + "\"],\"scopes_supported\":[\"a\",\"b\"]}";
    }

    static String issuerMetadata(String issuer, String tokenEndpoint) {
        return "{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + tokenEndpoint
                + "\",\"grant_types_supported\":[\"client_credentials\"],"
                + "\"token_endpoint_auth_methods_supported\":[\"client_secret_basic\",\"client_secret_post\"]}";
    }

    ToolServer open(@Nullable String trusted) {
        ClientCredentials credentials = new ClientCredentials(
                "cliënt", new Proof.Secret(SECRET), trusted == null ? null : URI.create(trusted), List.of());
        return client.open(new ServerSpec.Http(
                "tools", URI.create(tools.url() + "/mcp"), Map.of(), ServerSpec.Http2.AUTO, credentials));
    }
}
