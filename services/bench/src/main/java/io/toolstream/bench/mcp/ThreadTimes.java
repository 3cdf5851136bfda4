package io.toolstream.bench.mcp;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * Processor time of this process's threads so far, but for those of the stubs. Compilers and the collector are not among
 * them.
 */
record ThreadTimes(Map<Long, Long> nanos) {
    private static final String STUBS = "stub";

    ThreadTimes {
        nanos = Map.copyOf(nanos);
    }

    static ThreadTimes now() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<Long, Long> nanos = new HashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            long used = thread == null || thread.getThreadName().startsWith(STUBS)
                    ? -1
                    : threads.getThreadCpuTime(thread.getThreadId());
            if (used >= 0) {
                nanos.put(thread.getThreadId(), used);
            }
        }
        return new ThreadTimes(nanos);
    }

    /** What was used since then. */
    long since(ThreadTimes earlier) {
        return nanos.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - earlier.nanos.getOrDefault(thread.getKey(), 0L))
                .sum();
    }
}
