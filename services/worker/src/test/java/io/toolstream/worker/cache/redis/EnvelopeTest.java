package io.toolstream.worker.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.cache.CacheKey;
import io.toolstream.worker.cache.Epoch;
import io.toolstream.worker.cache.KeptAnswer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in Redis is believed only if it was sealed for the key that is asked for. */
final class EnvelopeTest {
    private static final Epoch EPOCH = new Epoch(7, 1_800_000_000_000L);
    private static final KeptAnswer ANSWER = new KeptAnswer(Status.OK, RawJson.ofText("{\"n\":1}"), 1_800_000_000_001L);

    private final Envelope envelope = new Envelope(new Seal("secret"), "p.");

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"t", "tenant-\u00e4"})
    void open_whatWasSealed_isTheAnswer(@Nullable String tenant) {
        CacheKey key = key(1, tenant, EPOCH);

        assertThat(envelope.open(key, envelope.seal(key, ANSWER))).contains(ANSWER);
    }

    @Test
    void open_anyBitFlipped_isNothing() {
        CacheKey key = key(1, "t", EPOCH);
        byte[] value = envelope.seal(key, ANSWER);
        for (int bit = 0; bit < value.length * 8; bit++) {
            byte[] flipped = value.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(envelope.open(key, flipped)).as("bit %s", bit).isEmpty();
        }
    }

    @Test
    void open_anyLength_isNothing() {
        CacheKey key = key(1, "t", EPOCH);
        byte[] value = envelope.seal(key, ANSWER);
        for (int length = 0; length < value.length + 40; length++) {
            if (length != value.length) {
                assertThat(envelope.open(key, Arrays.copyOf(value, length))).isEmpty();
            }
        }
    }

    @Test
    void open_ofAnotherKeyTenantEpochOrSecret_isNothing() {
        CacheKey key = key(1, "t", EPOCH);
        byte[] value = envelope.seal(key, ANSWER);

        assertThat(envelope.open(key(2, "t", EPOCH), value)).isEmpty();
        assertThat(envelope.open(key(1, "u", EPOCH), value)).isEmpty();
        assertThat(envelope.open(key(1, null, EPOCH), value)).isEmpty();
        assertThat(envelope.open(key(1, "t", new Epoch(8, EPOCH.timestampMillis())), value))
                .isEmpty();
        assertThat(envelope.open(key(1, "t", new Epoch(7, 0)), value)).isEmpty();
        assertThat(new Envelope(new Seal("another"), "p.").open(key, value)).isEmpty();
    }

    @Test
    void open_noise_isNothing_andNeverThrows() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            if (noise.length > 0 && random.nextBoolean()) {
                noise[0] = 1;
            }
            assertThat(envelope.open(key(1, "t", EPOCH), noise))
                    .as("seed %s", seed)
                    .isEmpty();
        }
    }

    @Test
    void name_tellsNothing_andDiffersByKeyAndSecret() {
        String name = new String(envelope.name(key(1, "t", EPOCH)), UTF_8);

        assertThat(name).matches("p\\.[0-9a-f]{64}");
        assertThat(name).isEqualTo(new String(envelope.name(key(1, "t", EPOCH)), UTF_8));
        assertThat(envelope.name(key(2, "t", EPOCH))).isNotEqualTo(name.getBytes(UTF_8));
        assertThat(new Envelope(new Seal("another"), "p.").name(key(1, "t", EPOCH)))
                .isNotEqualTo(name.getBytes(UTF_8));
    }

    private static CacheKey key(int number, @Nullable String tenant, Epoch epoch) {
        byte[] digest = new byte[32];
        digest[31] = (byte) number;
        return new CacheKey(digest, tenant, epoch, true);
    }
}
