package io.toolstream.worker.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.settings.RedisSettings;
import io.toolstream.testkit.RedisServer;
import io.toolstream.testkit.TlsIdentity;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.cache.CacheKey;
import io.toolstream.worker.cache.Epoch;
import io.toolstream.worker.cache.KeptAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis over TLS, used as a user who may do no more than the docs say. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class RedisAccessTest {
    private static final String TRUST = "javax.net.ssl.trustStore";
    private static final String TRUST_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final CacheKey KEY = new CacheKey(new byte[32], "t", Epoch.FIRST, true);

    @TempDir
    private static Path directory;

    private static TlsIdentity identity;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private RedisServer redis;

    @BeforeAll
    static void identify() {
        identity = TlsIdentity.of(directory, "localhost");
    }

    @BeforeEach
    void start() throws Exception {
        redis = RealRedis.startWithTls(directory, identity);
        System.setProperty(TRUST, identity.store().toString());
        System.setProperty(TRUST_PASSWORD, TlsIdentity.PASSWORD);
        String rights = "ACL SETUSER worker on >acl-4711 ~test.* -@all +ping +getrange +set +del";
        assertThat(redis.command(rights.split(" "))).isEqualTo("+OK");
    }

    @AfterEach
    void stop() throws Exception {
        System.clearProperty(TRUST);
        System.clearProperty(TRUST_PASSWORD);
        if (redis != null) {
            redis.close();
        }
        threads.shutdownNow();
    }

    @Test
    void userWithTheRightsOfTheDocs_overTls_keepsAndFinds() {
        try (RedisTier tier = tier(redis.url("worker", "acl-4711"), "test.")) {
            await().atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(tier.state()).isEqualTo("connected"));
            KeptAnswer answer = new KeptAnswer(Status.OK, RawJson.ofText("{\"a\":1}"), 1_800_000_000_000L);

            tier.keep(KEY, answer, Duration.ofHours(1));

            await().atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(tier.find(KEY).join()).contains(answer));
        }
    }

    @Test
    void nameOutsideOfItsRights_orWrongPassword_isAMiss() {
        try (RedisTier other = tier(redis.url("worker", "acl-4711"), "other.");
                RedisTier wrong = tier(redis.url("worker", "guess-4712"), "test.")) {
            await().atMost(30, TimeUnit.SECONDS).until(() -> other.state().equals("connected"));
            await().atMost(30, TimeUnit.SECONDS).until(() -> !wrong.state().equals("not connected yet"));

            assertThat(other.find(KEY).join()).isEmpty();
            assertThat(wrong.find(KEY).join()).isEmpty();
            assertThat(wrong.isConnected()).isFalse();
            assertThat(wrong.state()).doesNotContain("4712");
        }
    }

    @Test
    void certificateThatNobodyTrusts_isNotSpokenTo() {
        System.clearProperty(TRUST);
        try (RedisTier tier = tier(redis.url("worker", "acl-4711"), "test.")) {
            await().atMost(30, TimeUnit.SECONDS).until(() -> !tier.state().equals("not connected yet"));

            assertThat(tier.isConnected()).isFalse();
        }
    }

    private RedisTier tier(String url, String prefix) {
        return new RedisTier(
                new RedisSettings(url, "secret", 1, 256, Duration.ofSeconds(10), Duration.ZERO),
                prefix,
                64 << 10,
                threads,
                event -> {});
    }
}
