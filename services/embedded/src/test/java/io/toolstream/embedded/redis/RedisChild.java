package io.toolstream.embedded.redis;

import io.toolstream.settings.RedisSettings;
import java.io.IOException;
import java.util.Objects;

/** A process that starts a Redis, says where, and waits to be killed. */
final class RedisChild {
    private RedisChild() {}

    public static void main(String[] args) throws IOException {
        EmbeddedRedis redis = EmbeddedRedis.begin(System.getenv("PATH"));
        redis.started().join();
        System.out.println(
                Objects.requireNonNull(redis.settings(RedisSettings.DEFAULT).url()));
        int unused = System.in.read();
    }
}
