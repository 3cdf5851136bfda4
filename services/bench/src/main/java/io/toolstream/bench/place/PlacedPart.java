package io.toolstream.bench.place;

import java.util.Map;

/** A part, wherever it runs. For one thread. */
public interface PlacedPart extends AutoCloseable {
    Map<String, String> facts();

    /** Figures of the process it runs in. */
    ProcessFigures figures();

    /** The same, right after a collection of its whole heap: what it really holds. */
    ProcessFigures figuresAfterCollection();

    /** Lines it logged within any one second, at most, since this was last asked; 0 where it logs to the same stream as others. */
    int mostLinesInASecond();

    @Override
    void close();
}
