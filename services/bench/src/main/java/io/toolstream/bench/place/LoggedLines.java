package io.toolstream.bench.place;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Passes on what a child writes to its standard error, and counts it. A thread reads; any may ask. */
final class LoggedLines {
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final Queue<Long> ofTheLastSecond = new ArrayDeque<>();
    private int most;

    /** Reads to the end on a thread of its own. */
    void read(BufferedReader from, String name) {
        Thread reader = new Thread(() -> passOn(from), "log-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void passOn(BufferedReader from) {
        try (from) {
            from.lines().forEach(line -> {
                System.err.println(line);
                count(System.nanoTime());
            });
        } catch (IOException | UncheckedIOException ended) {
            System.err.println("its log ended: " + ended.getMessage());
        }
    }

    synchronized void count(long nowNanos) {
        ofTheLastSecond.add(nowNanos);
        while (nowNanos - ofTheLastSecond.element() >= SECOND_NANOS) {
            ofTheLastSecond.remove();
        }
        most = Math.max(most, ofTheLastSecond.size());
    }

    /** Within any one second, at most, since this was last asked. */
    synchronized int mostInASecond() {
        int counted = most;
        most = 0;
        ofTheLastSecond.clear();
        return counted;
    }
}
