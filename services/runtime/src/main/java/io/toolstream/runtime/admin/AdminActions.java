package io.toolstream.runtime.admin;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What an admin endpoint does beside probes and metrics, by path. Any thread may add; actions run on {@code admin-n} threads
 * and may take a while, but there are only two of these.
 */
public final class AdminActions {
    private final Map<String, Action> byPath = new ConcurrentSkipListMap<>();

    /** Something to look at: {@code GET}. A second one of the same path replaces the first. */
    public void look(String path, Supplier<AdminAnswer> action) {
        look(path, query -> action.get());
    }

    /** The same where it depends on the query: what stands behind the {@code ?}, as it came, or nothing. */
    public void look(String path, Function<String, AdminAnswer> action) {
        byPath.put(path, new Action("GET", action));
    }

    /** Something to be done: {@code POST}, from this machine only and not by a page in a browser. */
    public void act(String path, Supplier<AdminAnswer> action) {
        byPath.put(path, new Action("POST", query -> action.get()));
    }

    Optional<Action> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** For people who asked for something else. */
    String names() {
        return String.join(" ", byPath.keySet());
    }

    record Action(String method, Function<String, AdminAnswer> task) {}
}
