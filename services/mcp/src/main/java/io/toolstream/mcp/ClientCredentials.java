package io.toolstream.mcp;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a client gets access tokens for one server in its own name: OAuth client credentials (extension {@code
 * io.modelcontextprotocol/oauth-client-credentials}).
 *
 * @param issuer the authorization server that the client is registered with. Null believes the tool server, which then gets
 *     to choose who is shown the client's secret: for tests and for servers that one trusts with it
 * @param scopes to ask for; if there are none, what the server says
 */
public record ClientCredentials(
        String clientId, Proof proof, @Nullable URI issuer, List<String> scopes) {
    public ClientCredentials {
        Require.that(!clientId.isEmpty(), "the client id of OAuth credentials must not be empty");
        Require.that(
                scopes.stream()
                        .allMatch(scope -> scope.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '\\')),
                "a scope is visible ASCII without quotes");
        scopes = List.copyOf(scopes);
    }

    /** How the client shows that it is the one. */
    public sealed interface Proof {
        /** A password. */
        record Secret(String secret) implements Proof {
            @Override
            public String toString() {
                return "Secret";
            }
        }

        /**
         * A signature (RFC 7523, {@code private_key_jwt}).
         *
         * @param pem the private key, PKCS #8
         * @param algorithm {@code ES256} or {@code RS256}
         * @param keyId {@code kid}, if the authorization server wants one
         */
        record SigningKey(
                String pem, String algorithm, @Nullable String keyId) implements Proof {
            @Override
            public String toString() {
                return "SigningKey[" + algorithm + "]";
            }
        }
    }
}
