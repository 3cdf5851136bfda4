package io.toolstream.worker.cache;

import io.toolstream.settings.CacheSettings;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.wire.Status;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * For how long answers of a tool are kept: by what is set, give or take a tenth, so that what was asked for together is not
 * asked for together again.
 */
final class Lifetimes {
    private static final double JITTER = 0.1;

    private final CacheSettings settings;
    private final DoubleSupplier random;

    /** {@code random} from 0 to 1. */
    Lifetimes(CacheSettings settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
    }

    /** In this worker's memory; zero for what is not kept. */
    Duration local(ToolCacheSettings tool, Status status) {
        return switch (status) {
            case OK -> jittered(orElse(tool.ttl(), settings.ttl()));
            case TOOL_ERROR -> jittered(tool.negative());
            case INPUT_REQUIRED, REJECTED, UNAVAILABLE, EXPIRED, FAILED, IN_DOUBT, CANCELLED -> Duration.ZERO;
        };
    }

    /** In the shared store: only what is good for long. */
    Duration shared(ToolCacheSettings tool, Status status) {
        return status == Status.OK ? jittered(orElse(tool.sharedTtl(), settings.sharedTtl())) : Duration.ZERO;
    }

    /** How much of its time in the shared store an answer of this age has left. */
    Duration left(ToolCacheSettings tool, Duration age) {
        Duration left = orElse(tool.sharedTtl(), settings.sharedTtl()).minus(age);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** After its time, for a worse day. */
    static Duration stale(ToolCacheSettings tool) {
        Duration revalidate = tool.staleWhileRevalidate();
        return revalidate.compareTo(tool.staleIfError()) > 0 ? revalidate : tool.staleIfError();
    }

    boolean isSmallEnough(int bytes) {
        return bytes <= settings.entryBytes();
    }

    private Duration jittered(Duration time) {
        double factor = 1 + JITTER * (2 * random.getAsDouble() - 1);
        return Duration.ofNanos(Math.round(time.toNanos() * factor));
    }

    private static Duration orElse(@Nullable Duration own, Duration others) {
        return own == null ? others : own;
    }
}
