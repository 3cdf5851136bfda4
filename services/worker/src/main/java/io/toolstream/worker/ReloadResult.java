package io.toolstream.worker;

import java.util.List;

/** What became of settings that were to replace the ones a worker runs with: all of them hold, or none. */
public sealed interface ReloadResult {
    /**
     * They hold from now on.
     *
     * @param changes a line each, without values; none if everything was as before
     */
    record Applied(List<String> changes) implements ReloadResult {
        public Applied {
            changes = List.copyOf(changes);
        }
    }

    /**
     * They are good, but not for a worker that runs: it goes on as before.
     *
     * @param reasons all of them, a line each
     */
    record Refused(List<String> reasons) implements ReloadResult {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * They are not good: the worker goes on as before.
     *
     * @param problems all of them, a line each
     */
    record Invalid(List<String> problems) implements ReloadResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
