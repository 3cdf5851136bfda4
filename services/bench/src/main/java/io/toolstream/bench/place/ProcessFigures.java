package io.toolstream.bench.place;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a process holds and has used.
 *
 * @param residentKiB resident set size ({@code VmRSS}); -1 where the system does not tell
 * @param cpuNanos processor time since its start, all threads
 * @param threadsStarted Java threads since its start
 */
public record ProcessFigures(long pid, long residentKiB, long cpuNanos, long threadsStarted, int threadsLive) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    public static ProcessFigures ofThisProcess() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ProcessHandle self = ProcessHandle.current();
        return new ProcessFigures(
                self.pid(),
                readResidentKiB(),
                self.info().totalCpuDuration().orElse(Duration.ZERO).toNanos(),
                threads.getTotalStartedThreadCount(),
                threads.getThreadCount());
    }

    Map<String, String> toMap() {
        return Map.of(
                "pid", Long.toString(pid),
                "residentKiB", Long.toString(residentKiB),
                "cpuNanos", Long.toString(cpuNanos),
                "threadsStarted", Long.toString(threadsStarted),
                "threadsLive", Integer.toString(threadsLive));
    }

    static ProcessFigures of(Map<String, String> map) {
        return new ProcessFigures(
                number(map, "pid"),
                number(map, "residentKiB"),
                number(map, "cpuNanos"),
                number(map, "threadsStarted"),
                Math.toIntExact(number(map, "threadsLive")));
    }

    private static long number(Map<String, String> map, String name) {
        return Long.parseLong(map.getOrDefault(name, "-1"));
    }

    private static long readResidentKiB() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }
}
