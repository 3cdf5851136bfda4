package io.toolstream.worker.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 under one secret. Whoever does not know it can neither make a value that is believed nor tell from a key what was
 * asked. Any thread.
 */
final class Seal {
    static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    /** Never used itself, only copied. */
    private final Mac prototype;

    Seal(String secret) {
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(("toolstream cache 1 " + secret).getBytes(UTF_8), ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Of the parts one after the other; {@code use} keeps apart what is sealed for different uses. */
    byte[] of(byte use, byte[] bytes, int offset, int length) {
        Mac mac = copy();
        mac.update(use);
        mac.update(bytes, offset, length);
        return mac.doFinal();
    }

    /** Takes the same time wherever they differ. */
    static boolean isEqual(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    private Mac copy() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's " + ALGORITHM + " cannot be copied", e);
        }
    }
}
