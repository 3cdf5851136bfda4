package io.toolstream.worker.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.cache.CacheKey;
import io.toolstream.worker.cache.KeptAnswer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What stands in Redis: an answer together with what it answers, sealed. Layout: version (1 byte), seal (32), time of the answer
 * (8, epoch ms), epoch (8 and 8), digest of the key (32), length of the tenant (4; -1: none), tenant, result. The seal covers
 * everything but itself. A value is believed only if all of it is what the key says; so it can be neither changed, nor moved to
 * another key, tenant or epoch. Any thread.
 */
final class Envelope {
    private static final byte VERSION = 1;
    private static final byte[] NO_TENANT = {};
    private static final int ABSENT = -1;
    private static final int SEALED_AT = 1 + Seal.BYTES;
    private static final int DIGEST_BYTES = 32;
    private static final int FIXED = SEALED_AT + 3 * Long.BYTES + DIGEST_BYTES + Integer.BYTES;

    /** Beside the result: tenants are at most 256 characters. */
    static final int OVERHEAD_BYTES = FIXED + 4 * 256;

    private static final byte OF_VALUES = 1;
    private static final byte OF_NAMES = 2;

    private final Seal seal;
    private final String prefix;

    /** {@code prefix} of all names in Redis. */
    Envelope(Seal seal, String prefix) {
        this.seal = seal;
        this.prefix = prefix;
    }

    /** Where the answer stands. */
    byte[] name(CacheKey key) {
        byte[] sealed = seal.of(OF_NAMES, key.sha256(), 0, key.sha256().length);
        return (prefix + HexFormat.of().formatHex(sealed)).getBytes(UTF_8);
    }

    byte[] seal(CacheKey key, KeptAnswer answer) {
        byte[] tenant = tenant(key);
        RawJson result = answer.result();
        byte[] bytes = new byte[FIXED + tenant.length + result.length()];
        ByteBuffer value =
                ByteBuffer.wrap(bytes).put(VERSION).position(SEALED_AT).putLong(answer.createdMillis());
        putKey(value, key, tenant);
        value.put(result.array(), result.offset(), result.length());
        byte[] sealed = seal.of(OF_VALUES, bytes, SEALED_AT, bytes.length - SEALED_AT);
        System.arraycopy(sealed, 0, bytes, 1, Seal.BYTES);
        return bytes;
    }

    private static void putKey(ByteBuffer value, CacheKey key, byte[] tenant) {
        value.putLong(key.epoch().offset())
                .putLong(key.epoch().timestampMillis())
                .put(key.sha256())
                .putInt(key.tenant() == null ? ABSENT : tenant.length)
                .put(tenant);
    }

    private static byte[] tenant(CacheKey key) {
        String tenant = key.tenant();
        return tenant == null ? NO_TENANT : tenant.getBytes(UTF_8);
    }

    /** The answer; empty if the value is not one that was sealed for this key. */
    Optional<KeptAnswer> open(CacheKey key, byte[] value) {
        byte[] tenant = tenant(key);
        int begin = FIXED + tenant.length;
        if (value.length <= begin || value[0] != VERSION || !isSealed(value) || !isFor(key, tenant, value)) {
            return Optional.empty();
        }
        long createdMillis = ByteBuffer.wrap(value).getLong(SEALED_AT);
        return Optional.of(new KeptAnswer(Status.OK, RawJson.of(value, begin, value.length - begin), createdMillis));
    }

    private boolean isSealed(byte[] value) {
        byte[] sealed = seal.of(OF_VALUES, value, SEALED_AT, value.length - SEALED_AT);
        return Seal.isEqual(sealed, Arrays.copyOfRange(value, 1, SEALED_AT));
    }

    private static boolean isFor(CacheKey key, byte[] tenant, byte[] value) {
        int from = SEALED_AT + Long.BYTES;
        byte[] expected = new byte[FIXED + tenant.length - from];
        putKey(ByteBuffer.wrap(expected), key, tenant);
        return Arrays.equals(expected, 0, expected.length, value, from, from + expected.length);
    }
}
