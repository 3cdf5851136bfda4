package io.toolstream.cli.batch;

import io.toolstream.cli.ExitCode;
import io.toolstream.wire.Status;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many results there are of each status, and what that comes to. For one thread. */
final class Totals {
    private final Map<Status, Long> counts = new EnumMap<>(Status.class);
    private long all;

    void add(Status status) {
        counts.merge(status, 1L, Long::sum);
        all++;
    }

    /** A result of an earlier run whose status is not written. */
    void addUnknown() {
        all++;
    }

    long all() {
        return all;
    }

    private boolean has(Status... statuses) {
        return Arrays.stream(statuses).anyMatch(counts::containsKey);
    }

    ExitCode exitCode() {
        if (has(Status.TOOL_ERROR, Status.FAILED, Status.IN_DOUBT, Status.INPUT_REQUIRED, Status.CANCELLED)) {
            return ExitCode.TOOL_ERROR;
        }
        if (has(Status.REJECTED, Status.UNAVAILABLE)) {
            return ExitCode.REFUSED;
        }
        return has(Status.EXPIRED) ? ExitCode.TIMED_OUT : ExitCode.OK;
    }

    /** As {@code 17 ok, 3 rejected}. */
    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().text())
                .collect(Collectors.joining(", "));
    }
}
