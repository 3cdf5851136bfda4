package io.toolstream.worker.cache.redis;

import io.toolstream.testkit.RedisServer;
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

    private static RedisServer missing() {
        if (Boolean.parseBoolean(System.getenv("TOOLSTREAM_REQUIRE_ALL"))) {
            throw new AssertionError("TOOLSTREAM_REQUIRE_ALL is set, but " + WHY);
        }
        System.err.println("SKIPPED: tests with a real Redis, because " + WHY);
        return Assumptions.abort(WHY);
    }
}
