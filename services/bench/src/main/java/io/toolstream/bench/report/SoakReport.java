package io.toolstream.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a soak found: resident memory and threads of the worker by number of calls. */
public final class SoakReport {
    private static final double LIMIT_MIB = 300;

    private SoakReport() {}

    /** Whether nothing failed, and no tool server ever had more connections than this. */
    public static boolean isKept(List<Checkpoint> checkpoints, int mostConnections) {
        return checkpoints.stream()
                .allMatch(checkpoint -> checkpoint.failures() == 0 && checkpoint.mostConnections() <= mostConnections);
    }

    /** @param mostConnections that a tool server is to have at the same time */
    public static String table(Environment environment, List<Checkpoint> checkpoints, int mostConnections) {
        StringBuilder text = new StringBuilder(TableReport.of(environment));
        text.append(String.format(
                "%n%10s %10s %14s %8s %12s %15s %12s %11s %6s%n",
                "calls",
                "calls/s",
                "worker RSS MiB",
                "heap MiB",
                "children MiB",
                "threads started",
                "threads live",
                "connections",
                "failed"));
        checkpoints.forEach(checkpoint -> text.append(String.format(
                Locale.ROOT,
                "%10d %10.0f %14.1f %8.1f %12.1f %15d %12d %11d %6d%n",
                checkpoint.calls(),
                checkpoint.callsPerSecond(),
                checkpoint.residentMiB(),
                checkpoint.heapMiB(),
                checkpoint.childrenMiB(),
                checkpoint.worker().threadsStarted(),
                checkpoint.worker().threadsLive(),
                checkpoint.mostConnections(),
                checkpoint.failures())));
        text.append("\nheap: what collections left of it; children: tool servers that are processes of the worker;"
                + " connections: to one tool server at the same time, at most, counted there\n");
        text.append("the pool's limit is ").append(mostConnections).append(" connections; ");
        return text.append(verdict(checkpoints)).append('\n').toString();
    }

    public static String json(Environment environment, List<Checkpoint> checkpoints) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("environment", environment.facts());
        report.put("checkpoints", checkpoints.stream().map(SoakReport::members).toList());
        return JsonText.of(report) + System.lineSeparator();
    }

    private static String verdict(List<Checkpoint> checkpoints) {
        Checkpoint first = checkpoints.get(0);
        Checkpoint last = checkpoints.get(checkpoints.size() - 1);
        return String.format(
                Locale.ROOT,
                "worker RSS %s %.0f MiB; grew by %.1f MiB from %d to %d calls; %d threads started for those %d calls",
                last.residentMiB() < LIMIT_MIB ? "stays under" : "is NOT under",
                LIMIT_MIB,
                last.residentMiB() - first.residentMiB(),
                first.calls(),
                last.calls(),
                last.worker().threadsStarted() - first.worker().threadsStarted(),
                last.calls() - first.calls());
    }

    private static Map<String, Object> members(Checkpoint checkpoint) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("calls", checkpoint.calls());
        members.put("callsPerSecond", checkpoint.callsPerSecond());
        members.put("residentMiB", checkpoint.residentMiB());
        members.put("heapMiB", checkpoint.heapMiB());
        members.put("childrenMiB", checkpoint.childrenMiB());
        members.put("mostConnections", checkpoint.mostConnections());
        members.put("threadsStarted", checkpoint.worker().threadsStarted());
        members.put("threadsLive", checkpoint.worker().threadsLive());
        members.put("failures", checkpoint.failures());
        return members;
    }
}
