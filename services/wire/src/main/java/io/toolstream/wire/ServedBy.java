package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** Who answered: the worker, the cache tier ({@code l1}, {@code l2}, {@code coalesced}, {@code none}) and the replica. */
public record ServedBy(
        String worker, String cache, @Nullable String replica) {}
