package io.toolstream.worker.meter;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.toolstream.worker.invoke.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The timers of one measurement, found by tool and by how a call ended: the registry's own search by labels costs more than
 * all else that is measured. As many as there are tools with labels of their own, times endings. Any thread.
 */
final class TimersByEnding {
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
    private final BiFunction<Tags, Outcome, Timer> register;

    TimersByEnding(BiFunction<Tags, Outcome, Timer> register) {
        this.register = register;
    }

    Timer of(Tags tool, Outcome outcome) {
        Key key = new Key(
                tool,
                outcome instanceof Outcome.Failed failed ? failed.failure().code() : outcome.status());
        Timer known = timers.get(key);
        return known == null ? timers.computeIfAbsent(key, unused -> register.apply(tool, outcome)) : known;
    }

    /** {@code ending} is a code or, for a call that did not fail, a status. */
    private record Key(Tags tool, Enum<?> ending) {}
}
