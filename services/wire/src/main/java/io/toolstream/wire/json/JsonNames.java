package io.toolstream.wire.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names seen so far in each open object, to find duplicates. */
final class JsonNames {
    /** Clearing a set costs its capacity, so one that has grown is replaced: many small objects after a large one would cost the square. */
    private static final int CLEARED_UP_TO = 32;

    private final List<Set<String>> byDepth = new ArrayList<>();

    /** An object or array opens at this depth; depths open one after another, from 1. */
    void open(int depth) {
        if (byDepth.size() < depth) {
            byDepth.add(new HashSet<>());
        } else if (names(depth).size() > CLEARED_UP_TO) {
            byDepth.set(depth - 1, new HashSet<>());
        } else {
            names(depth).clear();
        }
    }

    /** False for a name the object open at this depth has already. */
    boolean add(int depth, String name) {
        return names(depth).add(name);
    }

    private Set<String> names(int depth) {
        return byDepth.get(depth - 1);
    }
}
