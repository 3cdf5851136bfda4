package io.toolstream.bench.place;

import java.util.Map;
import java.util.TreeMap;

/** Processor time by process, in nanoseconds: {@code here} is the bench's own, the others are called by their part. */
public record CpuTimes(Map<String, Long> nanos) {
    public static final String HERE = "here";

    public CpuTimes {
        nanos = new TreeMap<>(nanos);
    }

    /** What was used since {@code earlier}. */
    public CpuTimes since(CpuTimes earlier) {
        Map<String, Long> used = new TreeMap<>();
        nanos.forEach((process, now) -> used.put(process, now - earlier.nanos.getOrDefault(process, 0L)));
        return new CpuTimes(used);
    }

    public long totalNanos() {
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }
}
