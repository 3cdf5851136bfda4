package io.toolstream.bench.place;

import java.util.Map;
import java.util.TreeMap;

/** What each process has taken: {@code here} is the bench's own, the others are called by their part. */
public record Efforts(Map<String, Effort> byProcess) {
    public static final String HERE = "here";

    public Efforts {
        byProcess = new TreeMap<>(byProcess);
    }

    /** What was taken since {@code earlier}. */
    public Efforts since(Efforts earlier) {
        Map<String, Effort> taken = new TreeMap<>();
        byProcess.forEach(
                (process, now) -> taken.put(process, now.minus(earlier.byProcess.getOrDefault(process, Effort.NONE))));
        return new Efforts(taken);
    }

    /** Of this process; nothing if there is none. */
    public Effort of(String process) {
        return byProcess.getOrDefault(process, Effort.NONE);
    }

    public Effort total() {
        return byProcess.values().stream().reduce(Effort.NONE, Effort::plus);
    }
}
