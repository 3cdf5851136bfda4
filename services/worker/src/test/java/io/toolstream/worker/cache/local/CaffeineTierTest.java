package io.toolstream.worker.cache.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.CacheSettings;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.cache.CacheKey;
import io.toolstream.worker.cache.Epoch;
import io.toolstream.worker.cache.KeptAnswer;
import io.toolstream.worker.cache.LocalAnswer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CaffeineTierTest {
    private final AtomicLong nanos = new AtomicLong(-5);

    @Test
    void find_afterItsTime_isNothing() {
        CaffeineTier tier = new CaffeineTier(CacheSettings.DEFAULT, nanos::get);
        tier.keep(key(1), answer(10, Duration.ofMinutes(5)));
        nanos.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(tier.find(key(1))).isNotNull();

        nanos.addAndGet(1);

        assertThat(tier.find(key(1))).isNull();
    }

    @Test
    void keep_moreThanTheNumberAllowed_staysWithinIt() {
        CaffeineTier tier = tier(100, 1L << 40);
        IntStream.range(0, 1_000).forEach(i -> tier.keep(key(i), answer(10, Duration.ofHours(1))));

        assertThat(found(tier, 1_000)).isBetween(90L, 100L);
    }

    @Test
    void keep_moreThanTheBytesAllowed_staysWithinThem() {
        CaffeineTier tier = tier(1_000, 100 << 10);
        IntStream.range(0, 1_000).forEach(i -> tier.keep(key(i), answer(9 << 10, Duration.ofHours(1))));

        assertThat(found(tier, 1_000)).isBetween(9L, 11L);
    }

    @Test
    void keep_mixedSizes_staysWithinBothBounds() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        CaffeineTier tier = tier(200, 1 << 20);
        for (int i = 0; i < 5_000; i++) {
            tier.keep(key(i), answer(random.nextInt(20 << 10), Duration.ofHours(1)));
        }
        long bytes = IntStream.range(0, 5_000)
                .mapToObj(i -> tier.find(key(i)))
                .filter(found -> found != null)
                .mapToLong(found -> found.kept().result().length())
                .sum();

        assertThat(found(tier, 5_000)).as("seed %s", seed).isLessThanOrEqualTo(200);
        assertThat(bytes).as("seed %s", seed).isBetween(1L << 19, 1L << 20);
    }

    @Test
    void keep_nothingAllowed_keepsNothing() {
        for (CaffeineTier tier : new CaffeineTier[] {tier(0, 1 << 20), tier(100, 0)}) {
            tier.keep(key(1), answer(10, Duration.ofHours(1)));
            assertThat(tier.find(key(1))).isNull();
        }
    }

    /** The published workload: 1,000 keys, the k-th asked for with weight 1/k, 100 of them kept. 69.3 % is what is possible. */
    @Test
    void find_zipfOverThousandKeys_isHitOftenEnough() {
        long seed = 42;
        SplittableRandom random = new SplittableRandom(seed);
        double[] sums = new double[1_000];
        double sum = 0;
        for (int k = 0; k < sums.length; k++) {
            sum += 1.0 / (k + 1);
            sums[k] = sum;
        }
        CaffeineTier tier = new CaffeineTier(CacheSettings.DEFAULT, nanos::get);
        int hits = 0;
        int asked = 100_000;
        for (int i = 0; i < asked; i++) {
            int at = Arrays.binarySearch(sums, random.nextDouble() * sum);
            CacheKey key = key(at < 0 ? -at - 1 : at);
            if (tier.find(key) != null) {
                hits++;
            } else {
                tier.keep(key, answer(1_000, Duration.ofHours(1)));
            }
        }

        System.out.printf("Zipf(1) over 1,000 keys, 100 kept: %.1f %% hits%n", 100.0 * hits / asked);
        assertThat((double) hits / asked).isGreaterThanOrEqualTo(0.62);
    }

    private CaffeineTier tier(int entries, long bytes) {
        CacheSettings defaults = CacheSettings.DEFAULT;
        return new CaffeineTier(
                new CacheSettings(true, entries, bytes, defaults.entryBytes(), defaults.ttl(), defaults.sharedTtl()),
                nanos::get);
    }

    private static long found(CaffeineTier tier, int keys) {
        return IntStream.range(0, keys).filter(i -> tier.find(key(i)) != null).count();
    }

    private LocalAnswer answer(int bytes, Duration time) {
        KeptAnswer kept = new KeptAnswer(Status.OK, RawJson.of(new byte[bytes]), 0);
        long until = nanos.get() + time.toNanos();
        return new LocalAnswer(kept, nanos.get(), until, until);
    }

    private static CacheKey key(int number) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Integer.toString(number).getBytes(UTF_8));
            return new CacheKey(digest, null, Epoch.FIRST, true);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
