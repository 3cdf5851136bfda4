package io.toolstream.mcp.stdio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a child and all it started take of the machine's memory, as {@code /proc} tells; 0 where there is none. Asking
 * costs nothing: it gives the figure of the last look and has another one taken if that is some seconds old. Any thread.
 */
final class ResidentMemory {
    private static final Path PROC = Path.of("/proc");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final ScheduledExecutorService timer;
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private volatile long bytes;
    private volatile long lookedNanos = System.nanoTime() - FRESH_NANOS;

    ResidentMemory(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    long bytes(long pid) {
        boolean isStale = System.nanoTime() - lookedNanos >= FRESH_NANOS;
        if (isStale && isLooking.compareAndSet(false, true)) {
            try {
                timer.execute(() -> look(pid));
            } catch (RejectedExecutionException e) {
                // The client is closed, and the figure of no interest.
                return bytes;
            }
        }
        return bytes;
    }

    private void look(long pid) {
        bytes = ProcessHandle.of(pid)
                .map(child -> Stream.concat(Stream.of(child), child.descendants())
                        .mapToLong(each -> resident(each.pid()))
                        .sum())
                .orElse(0L);
        lookedNanos = System.nanoTime();
        isLooking.set(false);
    }

    private static long resident(long pid) {
        try {
            Matcher found = RESIDENT.matcher(
                    Files.readString(PROC.resolve(Long.toString(pid)).resolve("status")));
            return found.find() ? Long.parseLong(found.group(1)) << 10 : 0;
        } catch (IOException e) {
            // It has just ended, or this is no Linux.
            return 0;
        }
    }
}
