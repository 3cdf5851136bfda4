package io.toolstream.bench.report;

import io.toolstream.bench.place.ProcessFigures;

/** The worker's process after so many calls. */
public record Checkpoint(long calls, double callsPerSecond, long failures, ProcessFigures worker) {
    double residentMiB() {
        return worker.residentKiB() / 1024.0;
    }
}
