package io.toolstream.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The store that workers share. Losing it looks like an empty cache.
 *
 * @param url {@code redis://} or {@code rediss://}, with user and password by reference; absent: none is used
 * @param secret signs what is stored, so that a value written by another is not believed; absent: made of the url's
 *     password, or none
 * @param connections kept
 * @param outstanding commands not yet answered, at most; more are a miss
 * @param timeout for one command; later is a miss
 * @param warmUp how long a worker that starts waits for its connections before it is ready; zero: it connects once it is
 */
public record RedisSettings(
        @Nullable String url,
        @Nullable String secret,
        int connections,
        int outstanding,
        Duration timeout,
        Duration warmUp) {
    public static final RedisSettings DEFAULT =
            new RedisSettings(null, null, 2, 256, Duration.ofMillis(50), Duration.ofSeconds(3));

    public RedisSettings {
        Rules rules = new Rules();
        if (url != null) {
            RedisUrl.problem(url).ifPresent(problem -> rules.check(false, "url", problem));
        }
        rules.check(secret == null || !secret.isBlank(), "secret", "must not be empty")
                .between("connections", connections, 1, 64)
                .between("outstanding", outstanding, 1, 100_000)
                .atLeast("timeout", timeout, Duration.ofMillis(1))
                .atLeast("warmUp", warmUp, Duration.ZERO)
                .enforce();
    }

    /** The same store elsewhere. */
    public RedisSettings at(String otherUrl, String otherSecret) {
        return new RedisSettings(otherUrl, otherSecret, connections, outstanding, timeout, warmUp);
    }

    /** The same, but nobody waits for it at the start. */
    public RedisSettings withoutWarmUp() {
        return new RedisSettings(url, secret, connections, outstanding, timeout, Duration.ZERO);
    }

    /** Without the password and the secret. */
    @Override
    public String toString() {
        return "RedisSettings[" + (url == null ? "none" : RedisUrl.masked(url)) + "]";
    }
}
