package io.toolstream.mcp.auth;

import io.toolstream.mcp.auth.Fetcher.Fetched;
import io.toolstream.mcp.auth.Fetcher.Wanted;
import io.toolstream.mcp.json.FlatDocument;
import io.toolstream.mcp.transport.HttpFields;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a tool server's tokens come from: its own description (RFC 9728), then the description of the issuer it
 * names (RFC 8414, OpenID Connect). Every document must say of itself what it was looked up as. Any thread; nothing blocks;
 * fails with an {@link IOException} only.
 */
final class Discovery {
    private final UrlRule urls;
    private final URI server;
    private final @Nullable URI issuer;
    private final Fetcher fetcher;

    /** @param urls what may be asked, and whose issuer alone is believed if it names one */
    Discovery(UrlRule urls, Fetcher fetcher) {
        this.urls = urls;
        this.server = urls.server();
        this.issuer = urls.issuer();
        this.fetcher = fetcher;
    }

    CompletableFuture<AuthorizationServer> run(Challenge challenge) {
        return resourceUrls(challenge)
                .thenCompose(candidates -> first(candidates, "the tool server's resource metadata"))
                .thenCompose(this::ofResource);
    }

    private CompletableFuture<List<URI>> resourceUrls(Challenge challenge) {
        if (challenge.resourceMetadata() == null) {
            return CompletableFuture.completedFuture(Documents.ofResource(server));
        }
        try {
            URI url = urls.checked(challenge.resourceMetadata(), "resource_metadata");
            if (!urls.isSameOrigin(url)) {
                throw new IOException("resource_metadata is not at the tool server's own origin");
            }
            return CompletableFuture.completedFuture(List.of(url));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<AuthorizationServer> ofResource(FlatDocument resource) {
        try {
            String identifier = resource.text("resource");
            if (identifier == null || !Documents.isAbout(urls.checked(identifier, "resource"), server)) {
                throw new IOException("the resource metadata is about another resource than this tool server");
            }
            String chosen = chosenIssuer(resource.list("authorization_servers"));
            URI checked = urls.checked(chosen, "the issuer");
            List<String> scopes = resource.list("scopes_supported");
            return first(Documents.ofIssuer(checked), "the authorization server's metadata")
                    .thenCompose(metadata ->
                            ofIssuer(metadata, chosen, identifier, scopes == null ? "" : String.join(" ", scopes)));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private String chosenIssuer(@Nullable List<String> named) throws IOException {
        if (named == null || named.isEmpty()) {
            throw new IOException("the tool server names no authorization server");
        }
        if (issuer == null) {
            return named.get(0);
        }
        String wanted = issuer.toString();
        if (!named.contains(wanted)) {
            throw new IOException("the tool server does not name the configured issuer " + wanted);
        }
        return wanted;
    }

    private CompletableFuture<AuthorizationServer> ofIssuer(
            FlatDocument metadata, String chosen, String resource, String scopes) {
        try {
            if (!chosen.equals(metadata.text("issuer"))) {
                throw new IOException("the authorization server's metadata is of another issuer than " + chosen);
            }
            if (!Documents.supports(metadata, "grant_types_supported", "client_credentials")) {
                throw new IOException("the authorization server has no client credentials grant");
            }
            URI endpoint = urls.checked(metadata.text("token_endpoint"), "token_endpoint");
            return CompletableFuture.completedFuture(new AuthorizationServer(
                    chosen, endpoint, resource, metadata.list("token_endpoint_auth_methods_supported"), scopes));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The first that is there. */
    private CompletableFuture<FlatDocument> first(List<URI> candidates, String what) {
        if (candidates.isEmpty()) {
            return CompletableFuture.failedFuture(new IOException(what + " cannot be found"));
        }
        return fetcher.fetch(new Wanted(candidates.get(0), HttpFields.NONE, null, urls.addresses(candidates.get(0))))
                .thenCompose(fetched -> document(fetched, candidates, what));
    }

    private CompletableFuture<FlatDocument> document(Fetched fetched, List<URI> candidates, String what) {
        if (fetched.status() >= 400 && fetched.status() < 500) {
            return first(candidates.subList(1, candidates.size()), what);
        }
        return fetched.isSuccess()
                ? FlatDocument.read(fetched.body())
                        .map(CompletableFuture::completedFuture)
                        .orElseGet(() -> CompletableFuture.failedFuture(new IOException(what + " is no JSON object")))
                : CompletableFuture.failedFuture(new IOException(what + ": HTTP " + fetched.status()));
    }
}
