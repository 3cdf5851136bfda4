package io.toolstream.worker.cache;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Under what an answer is kept: equal for calls that may share an answer, and for no others.
 *
 * @param sha256 of everything that matters, 32 bytes: this alone decides whether two keys are equal
 * @param tenant whose answer it is, and {@code epoch} which it belongs to: part of the digest, and told beside it, so that a
 *     store can show that a value is the one asked for
 * @param isSure whether the epoch is known to be the tool's; if not, only young answers count
 */
public record CacheKey(byte[] sha256, @Nullable String tenant, Epoch epoch, boolean isSure) {
    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey that && Arrays.equals(sha256, that.sha256);
    }

    /** Part of a digest is as good as any hash. */
    @Override
    public int hashCode() {
        return ByteBuffer.wrap(sha256).getInt();
    }

    @Override
    public String toString() {
        return "CacheKey[" + HexFormat.of().formatHex(sha256, 0, 8) + "…]";
    }
}
