package io.toolstream.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An alarm whose time passes only when a test says so. Any thread sets it and takes it back; one lets the time pass. */
final class ManualAlarm implements Alarm {
    private final List<Ringing> set = new ArrayList<>(); // guarded by this
    private volatile long nowNanos;

    private record Ringing(long atNanos, Runnable action) {}

    @Override
    public synchronized Runnable in(Duration delay, Runnable action) {
        Ringing ringing = new Ringing(nowNanos + delay.toNanos(), action);
        set.add(ringing);
        return () -> takeBack(ringing);
    }

    private synchronized void takeBack(Ringing ringing) {
        set.remove(ringing);
    }

    long nowNanos() {
        return nowNanos;
    }

    synchronized int waiting() {
        return set.size();
    }

    void pass(Duration duration) {
        long untilNanos = nowNanos + duration.toNanos();
        for (Optional<Ringing> next = takeNext(untilNanos); next.isPresent(); next = takeNext(untilNanos)) {
            nowNanos = next.get().atNanos();
            next.get().action().run();
        }
        nowNanos = untilNanos;
    }

    private synchronized Optional<Ringing> takeNext(long untilNanos) {
        Optional<Ringing> next = set.stream()
                .filter(ringing -> ringing.atNanos() <= untilNanos)
                .min(Comparator.comparingLong(Ringing::atNanos));
        next.ifPresent(set::remove);
        return next;
    }
}
