package io.toolstream.settings.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything found wrong so far; for one thread. */
public final class Problems {
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
                    (Problem problem) -> problem.origin().place())
            .thenComparingInt(problem -> problem.origin().line())
            .thenComparingInt(problem -> problem.origin().column());

    private final List<Problem> found = new ArrayList<>();

    public void add(Problem problem) {
        found.add(problem);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether something is wrong with the very value at this pointer. */
    public boolean isAt(String pointer) {
        return found.stream().anyMatch(problem -> problem.pointer().equals(pointer));
    }

    /** In the order in which they stand in their places. */
    public List<Problem> sorted() {
        return found.stream().distinct().sorted(BY_PLACE).toList();
    }

    /** @throws SettingsException with all of them, if there are any */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new SettingsException(sorted());
        }
    }
}
