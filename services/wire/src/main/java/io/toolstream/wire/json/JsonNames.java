package io.toolstream.wire.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names seen so far in each open object, to find duplicates. */
final class JsonNames {
    /** Looking through so few costs less than a set of them; of more, each look would cost as much as there are. */
    private static final int LISTED_UP_TO = 16;

    private final List<Collection<String>> byDepth = new ArrayList<>();

    /** An object or array opens at this depth; depths open one after another, from 1. */
    void open(int depth) {
        if (byDepth.size() < depth) {
            byDepth.add(new ArrayList<>());
        } else if (names(depth) instanceof Set) {
            // Clearing a set costs its capacity: many small objects after a large one would cost the square.
            byDepth.set(depth - 1, new ArrayList<>());
        } else {
            names(depth).clear();
        }
    }

    /** False for a name the object open at this depth has already. */
    boolean add(int depth, String name) {
        Collection<String> names = names(depth);
        if (names instanceof Set) {
            return names.add(name);
        }
        if (names.contains(name)) {
            return false;
        }
        if (names.size() == LISTED_UP_TO) {
            names = new HashSet<>(names);
            byDepth.set(depth - 1, names);
        }
        return names.add(name);
    }

    private Collection<String> names(int depth) {
        return byDepth.get(depth - 1);
    }
}
