package io.toolstream.bench.report;

import io.toolstream.bench.place.ProcessFigures;

/**
 * The worker's process after so many calls.
 *
 * @param mostConnections to one tool server at the same time so far, counted there
 */
public record Checkpoint(
        long calls, double callsPerSecond, long failures, ProcessFigures worker, long mostConnections) {
    double residentMiB() {
        return worker.residentKiB() / 1024.0;
    }

    double heapMiB() {
        return worker.heapKiB() / 1024.0;
    }

    double childrenMiB() {
        return worker.childrenKiB() / 1024.0;
    }
}
