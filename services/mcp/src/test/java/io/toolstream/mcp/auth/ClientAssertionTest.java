package io.toolstream.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.mcp.ClientCredentials.Proof.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAssertionTest {
    private static String pem(KeyPair keys) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @ParameterizedTest
    @CsvSource({"ES256,EC,256,SHA256withECDSAinP1363Format", "RS256,RSA,2048,SHA256withRSA"})
    void signature_isGoodAndTheClaimsAreAsked(String algorithm, String family, int size, String signing)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
        generator.initialize(size);
        KeyPair keys = generator.generateKeyPair();

        String jwt = new ClientAssertion(new SigningKey(pem(keys), algorithm, "k-1"))
                .sign("client", "https://issuer.example", 1_700_000_000);

        String[] parts = jwt.split("\\.", -1);
        assertThat(text(parts[0])).isEqualTo("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"k-1\"}");
        assertThat(text(parts[1]))
                .contains("\"iss\":\"client\",\"sub\":\"client\",\"aud\":\"https://issuer.example\"")
                .contains("\"iat\":1700000000,\"exp\":1700000060");
        Signature check = Signature.getInstance(signing);
        check.initVerify(keys.getPublic());
        check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    private static String text(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    @Test
    void keyThatIsNone_isRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> new ClientAssertion(new SigningKey("canary", "ES256", null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> new ClientAssertion(new SigningKey("canary", "none", null)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
