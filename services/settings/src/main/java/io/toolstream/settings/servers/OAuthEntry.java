package io.toolstream.settings.servers;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a worker gets access tokens for one server: OAuth client credentials.
 *
 * @param issuer the authorization server that the client is registered with, and no other
 * @param scopes to ask for; if there are none, what the server says
 */
public record OAuthEntry(String clientId, Proof proof, URI issuer, List<String> scopes) {
    public OAuthEntry {
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
         * A signature ({@code private_key_jwt}).
         *
         * @param pem a private key, PKCS #8
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
