package io.toolstream.mcp.auth;

import io.toolstream.mcp.ClientCredentials.Proof.SigningKey;
import io.toolstream.mcp.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.UUID;

/** Signs the statements by which a client shows who it is (RFC 7523). */
final class ClientAssertion {
    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final int LIFE_SECONDS = 60;

    private final SigningKey key;
    private final PrivateKey privateKey;

    /** @throws IllegalArgumentException at a key that cannot be read or an algorithm that is not known */
    ClientAssertion(SigningKey key) {
        this.key = key;
        this.privateKey = read(key);
    }

    private static PrivateKey read(SigningKey key) {
        String base64 = key.pem().replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            byte[] der = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance(family(key)).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the signing key is no PKCS #8 private key for " + key.algorithm());
        }
    }

    private static String family(SigningKey key) {
        return switch (key.algorithm()) {
            case "ES256" -> "EC";
            case "RS256" -> "RSA";
            default -> throw new IllegalArgumentException("signing algorithm " + key.algorithm() + " is not known");
        };
    }

    /** @param issuer of the authorization server, which is the audience */
    String sign(String clientId, String issuer, long epochSeconds) {
        JsonBuffer header =
                new JsonBuffer(64).raw("{\"alg\":").text(key.algorithm()).raw(",\"typ\":\"JWT\"");
        if (key.keyId() != null) {
            header.raw(",\"kid\":").text(key.keyId());
        }
        JsonBuffer claims = new JsonBuffer(256)
                .raw("{\"iss\":")
                .text(clientId)
                .raw(",\"sub\":")
                .text(clientId);
        claims.raw(",\"aud\":")
                .text(issuer)
                .raw(",\"jti\":")
                .text(UUID.randomUUID().toString());
        claims.raw(",\"iat\":").number(epochSeconds).raw(",\"exp\":").number(epochSeconds + LIFE_SECONDS);
        String signed =
                base64(header.raw("}").toBytes()) + "." + base64(claims.raw("}").toBytes());
        return signed + "." + base64(signature(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] signature(byte[] signed) {
        try {
            Signature signature = Signature.getInstance(
                    key.algorithm().equals("ES256") ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            signature.initSign(privateKey);
            signature.update(signed);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key cannot sign", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
