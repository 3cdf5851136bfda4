package io.toolstream.worker.cache.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A few connections, used in turn; each carries many commands at once. Any thread; nothing blocks. */
final class Lines {
    private final List<StatefulRedisConnection<byte[], byte[]>> connections;
    private final AtomicInteger next = new AtomicInteger();

    Lines(List<StatefulRedisConnection<byte[], byte[]>> connections) {
        this.connections = List.copyOf(connections);
    }

    /** The value's first bytes, at most so many; empty if there is none. */
    RedisFuture<byte[]> read(byte[] name, int most) {
        return connection().async().getrange(name, 0, most - 1L);
    }

    RedisFuture<String> write(byte[] name, byte[] value, Duration time) {
        return connection().async().set(name, value, SetArgs.Builder.px(Math.max(1, time.toMillis())));
    }

    RedisFuture<Long> delete(byte[] name) {
        return connection().async().del(name);
    }

    private StatefulRedisConnection<byte[], byte[]> connection() {
        return connections.get(Math.floorMod(next.getAndIncrement(), connections.size()));
    }

    /** Everything that is under way on them fails. */
    void close() {
        connections.forEach(connection -> {
            var unused = connection.closeAsync();
        });
    }
}
