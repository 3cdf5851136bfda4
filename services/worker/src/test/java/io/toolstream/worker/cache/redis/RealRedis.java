package io.toolstream.worker.cache.redis;

import io.toolstream.testkit.RedisServer;
import io.toolstream.testkit.TlsIdentity;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A Redis to test with: where there is none the test is skipped, loudly, or fails where all is required. */
final class RealRedis {
    private static final String WHY = "there is no redis-server on the PATH";

    private RealRedis() {}

    static RedisServer start(Path directory) throws IOException {
        return RedisServer.start(directory).orElseGet(RealRedis::missing);
    }

    static RedisServer startWithTls(Path directory, TlsIdentity identity) throws IOException {
        return RedisServer.startWithTls(directory, identity)
                .orElseGet(() -> missing("there is no redis-server on the PATH that was built with TLS"));
    }

    private static RedisServer missing() {
        return missing(WHY);
    }

    private static RedisServer missing(String why) {
        if (Boolean.parseBoolean(System.getenv("TOOLSTREAM_REQUIRE_ALL"))) {
            throw new AssertionError("TOOLSTREAM_REQUIRE_ALL is set, but " + why);
        }
        System.err.println("SKIPPED: tests with a real Redis, because " + why);
        return Assumptions.abort(why);
    }
}
