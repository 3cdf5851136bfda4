package io.toolstream.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An alarm whose time passes only when a test says so. One thread. */
final class ManualAlarm implements Alarm {
    private final List<Ringing> set = new ArrayList<>();
    private long nowNanos;

    private record Ringing(long atNanos, Runnable action) {}

    @Override
    public Runnable in(Duration delay, Runnable action) {
        Ringing ringing = new Ringing(nowNanos + delay.toNanos(), action);
        set.add(ringing);
        return () -> set.remove(ringing);
    }

    long nowNanos() {
        return nowNanos;
    }

    int waiting() {
        return set.size();
    }

    void pass(Duration duration) {
        long untilNanos = nowNanos + duration.toNanos();
        for (Optional<Ringing> next = next(untilNanos); next.isPresent(); next = next(untilNanos)) {
            Ringing ringing = next.get();
            set.remove(ringing);
            nowNanos = ringing.atNanos();
            ringing.action().run();
        }
        nowNanos = untilNanos;
    }

    private Optional<Ringing> next(long untilNanos) {
        return set.stream()
                .filter(ringing -> ringing.atNanos() <= untilNanos)
                .min(Comparator.comparingLong(Ringing::atNanos));
    }
}
