package io.toolstream.mcp.auth;

import io.toolstream.mcp.ClientCredentials;
import io.toolstream.mcp.ClientCredentials.Proof;
import io.toolstream.mcp.auth.Fetcher.Fetched;
import io.toolstream.mcp.auth.Fetcher.Wanted;
import io.toolstream.mcp.json.FlatDocument;
import io.toolstream.mcp.transport.HttpFields;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks an authorization server for tokens by client credentials, always for one resource (RFC 8707). Any thread; nothing
 * blocks; fails with an {@link IOException} only, which says nothing secret.
 */
final class TokenSource {
    private static final long USUAL_SECONDS = 300;
    private static final long LONGEST_SECONDS = TimeUnit.DAYS.toSeconds(1);

    private final ClientCredentials credentials;
    private final @Nullable ClientAssertion assertion;
    private final Fetcher fetcher;
    private final UrlRule urls;
    private final InstantSource clock;

    /** @throws IllegalArgumentException at a signing key that cannot be used */
    TokenSource(ClientCredentials credentials, UrlRule urls, Fetcher fetcher, InstantSource clock) {
        this.credentials = credentials;
        this.assertion = credentials.proof() instanceof Proof.SigningKey key ? new ClientAssertion(key) : null;
        this.fetcher = fetcher;
        this.urls = urls;
        this.clock = clock;
    }

    boolean hasFixedScopes() {
        return !credentials.scopes().isEmpty();
    }

    CompletableFuture<Token> ask(AuthorizationServer from, Challenge challenge) {
        String scopes = scopes(from, challenge);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("resource", from.resource());
        if (!scopes.isEmpty()) {
            form.put("scope", scopes);
        }
        HttpFields fields;
        try {
            fields = prove(from, form);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        return fetcher.fetch(
                        new Wanted(from.tokenEndpoint(), fields, encoded(form), urls.addresses(from.tokenEndpoint())))
                .thenCompose(fetched -> token(fetched, scopes));
    }

    /** The operator's word counts most, then what the server asked for, then what it says it knows. */
    private String scopes(AuthorizationServer from, Challenge challenge) {
        if (!credentials.scopes().isEmpty()) {
            return String.join(" ", credentials.scopes());
        }
        return challenge.scope() != null ? challenge.scope() : from.scopes();
    }

    private HttpFields prove(AuthorizationServer to, Map<String, String> form) throws IOException {
        if (assertion != null) {
            require(to, "private_key_jwt");
            form.put("client_assertion_type", ClientAssertion.TYPE);
            form.put(
                    "client_assertion",
                    assertion.sign(
                            credentials.clientId(), to.issuer(), clock.instant().getEpochSecond()));
            return HttpFields.NONE;
        }
        String secret = ((Proof.Secret) credentials.proof()).secret();
        List<String> methods = to.authMethods();
        if (methods == null || methods.contains("client_secret_basic")) {
            String pair = url(credentials.clientId()) + ":" + url(secret);
            String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            return HttpFields.NONE.with("Authorization", "Basic " + basic);
        }
        require(to, "client_secret_post");
        form.put("client_id", credentials.clientId());
        form.put("client_secret", secret);
        return HttpFields.NONE;
    }

    private static void require(AuthorizationServer server, String method) throws IOException {
        List<String> methods = server.authMethods();
        if (methods != null && !methods.contains(method)) {
            throw new IOException("the authorization server does not take " + method);
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + url(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static CompletableFuture<Token> token(Fetched fetched, String scopes) {
        FlatDocument answer = FlatDocument.read(fetched.body()).orElse(null);
        String value = answer == null || !fetched.isSuccess() ? null : answer.text("access_token");
        String type = answer == null ? null : answer.text("token_type");
        if (answer == null || value == null || !HttpFields.isValue(value) || !"bearer".equalsIgnoreCase(type)) {
            return CompletableFuture.failedFuture(new IOException(refusal(fetched, answer)));
        }
        long seconds = Math.min(LONGEST_SECONDS, answer.number("expires_in", USUAL_SECONDS));
        long refreshNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds - Math.min(60, seconds / 5));
        return CompletableFuture.completedFuture(new Token(value, refreshNanos, scopes));
    }

    /** The code of OAuth is for everybody to see; descriptions may not be. */
    private static String refusal(Fetched fetched, @Nullable FlatDocument answer) {
        String code = answer == null ? null : answer.text("error");
        boolean isCode = code != null && code.matches("[A-Za-z0-9_.-]{1,64}");
        return "the authorization server gave no token: HTTP " + fetched.status() + (isCode ? ", " + code : "");
    }
}
