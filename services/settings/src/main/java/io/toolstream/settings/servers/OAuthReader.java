package io.toolstream.settings.servers;

import io.toolstream.settings.source.DidYouMean;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code oauth} of an HTTP server. What is wrong is noted, and reads as absent. */
final class OAuthReader {
    private static final List<String> KNOWN =
            List.of("clientId", "clientSecret", "signingKey", "algorithm", "keyId", "issuer", "scopes");

    private final Fields fields;

    private OAuthReader(Fields fields) {
        this.fields = fields;
    }

    /** @param headers of the same server, which must not say who we are as well */
    static Optional<OAuthEntry> read(Fields server, Map<String, String> headers) {
        if (!server.has("oauth")) {
            return Optional.empty();
        }
        if (!server.entry().path("oauth").isObject()) {
            server.problem("oauth", "expected an object");
            return Optional.empty();
        }
        if (headers.keySet().stream().anyMatch("authorization"::equalsIgnoreCase)) {
            server.problem("oauth", "cannot stand beside an Authorization header: give one of the two");
        }
        return new OAuthReader(server.child("oauth")).read();
    }

    private Optional<OAuthEntry> read() {
        fields.entry().forEachEntry((key, value) -> {
            if (!KNOWN.contains(key)) {
                fields.warning(key, "is not known here and passed over" + DidYouMean.hint(KNOWN, key));
            }
        });
        Optional<String> id = fields.text("clientId").filter(text -> !text.isEmpty());
        if (id.isEmpty()) {
            fields.problem("", "has no clientId");
        }
        Optional<URI> issuer = issuer();
        Optional<OAuthEntry.Proof> proof = proof();
        List<String> scopes = fields.texts("scopes");
        if (scopes.stream().anyMatch(scope -> !scope.matches("[!#-\\[\\]-~]+"))) {
            fields.problem("scopes", "expected scopes without blanks and quotes");
            return Optional.empty();
        }
        return id.flatMap(
                client -> issuer.flatMap(from -> proof.map(shown -> new OAuthEntry(client, shown, from, scopes))));
    }

    /** Without it, the tool server could choose who is shown the secret. */
    private Optional<URI> issuer() {
        Optional<String> text = fields.text("issuer");
        if (text.isEmpty()) {
            fields.problem("", "has no issuer: the authorization server that the client is registered with");
            return Optional.empty();
        }
        ServerUrl url = ServerUrl.parse(text.get(), ServerUrl.HTTP);
        Optional<URI> issuer = url.problem().isPresent() ? Optional.empty() : url.url();
        boolean isSafe = issuer.filter(
                        each -> each.getScheme().equalsIgnoreCase("https") || NearHosts.contains(each.getHost()))
                .isPresent();
        if (!isSafe) {
            fields.problem("issuer", "expected an https URL");
        }
        return isSafe ? issuer : Optional.empty();
    }

    private Optional<OAuthEntry.Proof> proof() {
        if (fields.has("clientSecret") == fields.has("signingKey")) {
            fields.problem(
                    "",
                    "expected clientSecret or signingKey, found " + (fields.has("signingKey") ? "both" : "neither"));
            return Optional.empty();
        }
        if (fields.has("clientSecret")) {
            return fields.text("clientSecret").map(OAuthEntry.Proof.Secret::new);
        }
        String algorithm = fields.text("algorithm").orElse("ES256");
        if (!List.of("ES256", "RS256").contains(algorithm)) {
            fields.problem("algorithm", "expected ES256 or RS256");
            return Optional.empty();
        }
        Optional<String> pem = fields.text("signingKey");
        if (pem.filter(text -> !text.contains("PRIVATE KEY")).isPresent()) {
            fields.problem("signingKey", "expected a private key in PEM, as ${file:/path/to/key.pem} gives it");
            return Optional.empty();
        }
        return pem.map(text -> new OAuthEntry.Proof.SigningKey(
                text, algorithm, fields.text("keyId").orElse(null)));
    }
}
