package io.toolstream.metrics.stream;

import io.toolstream.wire.MetricsScope;
import java.util.Optional;
import java.util.Set;

/** Between the two steps: each scope has its partition. A record holds what goes to one, and names it by its key. */
final class Lanes {
    private Lanes() {}

    static int of(MetricsScope scope, int lanes) {
        String name = scope.server() + "\n" + scope.tool();
        return Math.floorMod(name.hashCode() * 0x9E3779B9, lanes);
    }

    static byte[] key(int lane) {
        return new ByteOutput().number(lane).toByteArray();
    }

    static Optional<Set<Integer>> partitions(byte[] key, int lanes) {
        return Optional.of(Set.of(new ByteInput(key).integer() % lanes));
    }
}
