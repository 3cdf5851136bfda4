package io.toolstream.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The digest of what a call asks for: calls that ask for the same have equal keys. SHA-256 over tenant, server, tool and
 * canonical arguments (see {@link CanonicalJson}), each as its length in 4 bytes, big-endian, and its UTF-8 bytes; an
 * absent tenant is the length -1 alone, so that no two different lists of parts run together to the same bytes.
 *
 * @param sha256 32 bytes
 */
public record CallKey(byte[] sha256) {
    private static final int ABSENT = -1;

    public static CallKey of(@Nullable String tenant, String server, String tool, RawJson arguments) {
        MessageDigest digest = sha256Digest();
        if (tenant == null) {
            digest.update(length(ABSENT));
        } else {
            add(digest, tenant);
        }
        add(digest, server);
        add(digest, tool);
        add(digest, CanonicalJson.of(arguments));
        return new CallKey(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        add(digest, RawJson.ofText(text));
    }

    private static void add(MessageDigest digest, RawJson part) {
        digest.update(length(part.length()));
        digest.update(part.array(), part.offset(), part.length());
    }

    private static byte[] length(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The digest in lower-case hex. */
    public String hex() {
        return HexFormat.of().formatHex(sha256);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallKey that && Arrays.equals(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return hex();
    }
}
