package io.toolstream.worker.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.settings.RedisSettings;
import io.toolstream.testkit.RedisServer;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.cache.CacheKey;
import io.toolstream.worker.cache.Epoch;
import io.toolstream.worker.cache.KeptAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Redis, treated badly. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class RedisTierTest {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Where it does not matter how quick Redis is: nothing here depends on how busy the machine is. */
    private static final Duration PATIENT = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Map<StoreEvent, AtomicInteger> events = new ConcurrentHashMap<>();
    private RedisServer redis;
    private RedisTier tier;

    @BeforeEach
    void start() throws IOException {
        redis = RealRedis.start(directory);
        tier = tier(redis.url());
        awaitConnected();
    }

    @AfterEach
    void stop() throws IOException {
        tier.close();
        redis.close();
        threads.shutdownNow();
    }

    private RedisTier tier(String url) {
        return tier(url, PATIENT);
    }

    private RedisTier tier(String url, Duration timeout) {
        return new RedisTier(
                new RedisSettings(url, "secret", 2, 256, timeout, Duration.ZERO),
                "test.",
                64 << 10,
                threads,
                event -> events.computeIfAbsent(event, unused -> new AtomicInteger())
                        .incrementAndGet());
    }

    @Test
    void find_whatWasKept_isThere_forItsTime() {
        assertThat(find(key(1))).isEmpty();
        tier.keep(key(1), answer("{\"a\":1}"), HOUR);
        awaitStored();

        assertThat(find(key(1))).contains(answer("{\"a\":1}"));
        assertThat(find(key(2))).isEmpty();

        tier.keep(key(3), answer("{}"), Duration.ofMillis(1));
        await().atMost(30, TimeUnit.SECONDS).until(() -> find(key(3)).isEmpty());
    }

    @Test
    void find_valueOfAnother_isAMiss_andDeleted() throws IOException {
        tier.keep(key(1), answer("{\"a\":1}"), HOUR);
        awaitStored();
        String own = redis.names().get(0);
        assertThat(redis.command("SET", own, "noise")).isEqualTo("+OK");

        assertThat(find(key(1))).isEmpty();

        assertThat(count(StoreEvent.FORGED)).isEqualTo(1);
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(redis.names()).isEmpty());
    }

    @Test
    void find_valueMovedToAnotherKey_orTooLarge_orOfAnotherType_isAMiss() throws IOException {
        tier.keep(key(1), answer("{\"a\":1}"), HOUR);
        awaitStored();
        String one = redis.names().get(0);
        tier.keep(key(2), answer("{\"a\":2}"), HOUR);
        await().atMost(30, TimeUnit.SECONDS).until(() -> redis.names().size() == 2);
        String two = redis.names().stream()
                .filter(name -> !name.equals(one))
                .findFirst()
                .orElseThrow();

        redis.command("COPY", one, two, "REPLACE");
        assertThat(find(key(2))).isEmpty();
        redis.command("SET", two, "x".repeat(1 << 20));
        assertThat(find(key(2))).isEmpty();
        redis.command("DEL", two);
        redis.command("LPUSH", two, "x");
        assertThat(find(key(2))).isEmpty();

        assertThat(find(key(1))).contains(answer("{\"a\":1}"));
    }

    @Test
    void redisStops_costsATimeoutForFew_thenNothing_andItComesBack() throws IOException {
        become(Duration.ofMillis(200));
        tier.keep(key(1), answer("{}"), HOUR);
        awaitStored();
        redis.freeze();

        long began = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(find(key(1))).isEmpty();
        }

        assertThat(count(StoreEvent.LATE) + count(StoreEvent.FAILED)).isBetween(1, 6);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("half of what 200 times the time of a command are")
                .isLessThan(Duration.ofSeconds(20));
        assertThat(tier.isConnected()).isFalse();
        redis.thaw();
        awaitConnected();
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(find(key(1))).isPresent());
    }

    @Test
    void redisIsSlow_isWaitedForWithinItsTime_andNoLonger() throws IOException {
        become(Duration.ofMillis(50));
        tier.keep(key(1), answer("{}"), HOUR);
        awaitStored();

        redis.freeze();
        assertThat(find(key(1))).isEmpty();
        assertThat(count(StoreEvent.LATE)).isEqualTo(1);
        redis.thaw();

        become(PATIENT);
        redis.command("CLIENT", "PAUSE", "100");
        assertThat(find(key(1))).isPresent();
    }

    @Test
    void redisStops_manyAtOnce_areRefusedBeyondTheBulkhead() throws IOException {
        become(Duration.ofSeconds(2)); // all are asked before the first is late, also on a busy machine
        redis.freeze();

        List<CompletableFuture<Optional<KeptAnswer>>> asked = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            asked.add(tier.find(key(i)));
        }
        long began = System.nanoTime();
        assertThat(asked.stream().map(CompletableFuture::join)).allMatch(Optional::isEmpty);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        assertThat(count(StoreEvent.LATE) + count(StoreEvent.FAILED)).isBetween(5, 256);
        assertThat(count(StoreEvent.REFUSED)).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void redisIsKilled_isAMissAtOnce_andItComesBack() throws IOException {
        redis.kill();

        for (int i = 0; i < 200; i++) {
            assertThat(find(key(1))).isEmpty();
        }
        assertThat(tier.isConnected()).isFalse();
        redis.startAgain();
        awaitConnected();

        tier.keep(key(1), answer("{}"), HOUR);
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(find(key(1))).isPresent());
    }

    @Test
    void redisIsFlushed_orTakesNoWrites_changesNoAnswer() throws IOException {
        tier.keep(key(1), answer("{}"), HOUR);
        awaitStored();
        redis.command("FLUSHALL");
        assertThat(find(key(1))).isEmpty();

        redis.command("REPLICAOF", "127.0.0.1", "1");
        for (int i = 0; i < 20; i++) {
            tier.keep(key(1), answer("{}"), HOUR);
            assertThat(find(key(1))).isEmpty();
        }

        await().atMost(30, TimeUnit.SECONDS).until(() -> count(StoreEvent.DROPPED) > 0);
        redis.command("REPLICAOF", "NO", "ONE");
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
            tier.keep(key(1), answer("{}"), HOUR);
            assertThat(find(key(1))).isPresent();
        });
    }

    @Test
    void wrongPassword_orNobodyThere_isAMiss_andSaysSoWithoutTheSecret() {
        for (String url : List.of("redis://:wrong-4711@127.0.0.1:" + port(), "redis://:wrong-4711@127.0.0.1:1")) {
            try (RedisTier none = tier(url)) {
                await().atMost(30, TimeUnit.SECONDS).until(() -> !none.state().equals("not connected yet"));
                assertThat(none.find(key(1)).join()).isEmpty();
                assertThat(none.state()).doesNotContain("4711");
            }
        }
    }

    /** From here on commands have so much time. */
    private void become(Duration timeout) {
        tier.close();
        tier = tier(redis.url(), timeout);
        awaitConnected();
    }

    private String port() {
        return Integer.toString(redis.port());
    }

    private Optional<KeptAnswer> find(CacheKey key) {
        return tier.find(key).join();
    }

    private void awaitConnected() {
        await().atMost(30, TimeUnit.SECONDS).until(tier::isConnected);
    }

    private void awaitStored() {
        await().atMost(30, TimeUnit.SECONDS).until(() -> count(StoreEvent.STORED) > 0);
    }

    private int count(StoreEvent event) {
        AtomicInteger count = events.get(event);
        return count == null ? 0 : count.get();
    }

    private static CacheKey key(int number) {
        byte[] digest = new byte[32];
        digest[30] = (byte) (number >> 8);
        digest[31] = (byte) number;
        return new CacheKey(digest, "t", Epoch.FIRST, true);
    }

    private static KeptAnswer answer(String json) {
        return new KeptAnswer(Status.OK, RawJson.ofText(json), 1_800_000_000_000L);
    }
}
