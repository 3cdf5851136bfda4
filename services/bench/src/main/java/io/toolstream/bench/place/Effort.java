package io.toolstream.bench.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a process has taken since its start.
 *
 * @param cpuNanos processor time of all threads
 * @param switches how often its threads that are there gave up their processor, or lost it; 0 where the system does not tell
 * @param allocatedBytes on the heap, by its Java threads that are there
 */
public record Effort(long cpuNanos, long switches, long allocatedBytes) {
    static final Effort NONE = new Effort(0, 0, 0);

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final String SWITCHES = "ctxt_switches:";

    static Effort ofThisProcess() {
        return new Effort(
                ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos(),
                countSwitches(),
                allocated());
    }

    public Effort plus(Effort other) {
        return new Effort(cpuNanos + other.cpuNanos, switches + other.switches, allocatedBytes + other.allocatedBytes);
    }

    Effort minus(Effort earlier) {
        return new Effort(
                cpuNanos - earlier.cpuNanos, switches - earlier.switches, allocatedBytes - earlier.allocatedBytes);
    }

    void putInto(Map<String, String> map) {
        map.put("cpuNanos", Long.toString(cpuNanos));
        map.put("switches", Long.toString(switches));
        map.put("allocatedBytes", Long.toString(allocatedBytes));
    }

    private static long allocated() {
        if (ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads) {
            return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                    .filter(bytes -> bytes > 0)
                    .sum();
        }
        return 0;
    }

    private static long countSwitches() {
        try (Stream<Path> tasks = Files.list(TASKS)) {
            return tasks.mapToLong(Effort::switchesOf).sum();
        } catch (IOException elsewhere) {
            return 0;
        }
    }

    /** Both kinds; none of a thread that has ended meanwhile. */
    private static long switchesOf(Path task) {
        try (Stream<String> lines = Files.lines(task.resolve("status"))) {
            return lines.filter(line -> line.contains(SWITCHES))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                    .sum();
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }
}
