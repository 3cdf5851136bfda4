package io.toolstream.bench.place;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a process holds and has used.
 *
 * @param residentKiB resident set size ({@code VmRSS}); -1 where the system does not tell
 * @param heapKiB what was left in the heap by the collections so far, newest pools apart
 * @param childrenKiB resident set size of its child processes and theirs; 0 where there are none
 * @param effort since its start
 * @param threadsStarted Java threads since its start
 */
public record ProcessFigures(
        long pid,
        long residentKiB,
        long heapKiB,
        long childrenKiB,
        Effort effort,
        long threadsStarted,
        int threadsLive) {
    private static final String RESIDENT = "VmRSS:";

    public static ProcessFigures ofThisProcess() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ProcessHandle self = ProcessHandle.current();
        return new ProcessFigures(
                self.pid(),
                residentKiB(self),
                heapAfterCollectionKiB(),
                self.descendants()
                        .mapToLong(ProcessFigures::residentKiB)
                        .filter(each -> each > 0)
                        .sum(),
                Effort.ofThisProcess(),
                threads.getTotalStartedThreadCount(),
                threads.getThreadCount());
    }

    Map<String, String> toMap() {
        Map<String, String> map = new HashMap<>(Map.of(
                "pid", Long.toString(pid),
                "residentKiB", Long.toString(residentKiB),
                "heapKiB", Long.toString(heapKiB),
                "childrenKiB", Long.toString(childrenKiB),
                "threadsStarted", Long.toString(threadsStarted),
                "threadsLive", Integer.toString(threadsLive)));
        effort.putInto(map);
        return map;
    }

    static ProcessFigures of(Map<String, String> map) {
        return new ProcessFigures(
                number(map, "pid"),
                number(map, "residentKiB"),
                number(map, "heapKiB"),
                number(map, "childrenKiB"),
                new Effort(number(map, "cpuNanos"), number(map, "switches"), number(map, "allocatedBytes")),
                number(map, "threadsStarted"),
                Math.toIntExact(number(map, "threadsLive")));
    }

    private static long number(Map<String, String> map, String name) {
        return Long.parseLong(map.getOrDefault(name, "-1"));
    }

    private static long heapAfterCollectionKiB() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                        .sum()
                >> 10;
    }

    private static long residentKiB(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
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
