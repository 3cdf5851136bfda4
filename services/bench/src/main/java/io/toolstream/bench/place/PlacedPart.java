package io.toolstream.bench.place;

import java.util.Map;

/** A part, wherever it runs. For one thread. */
public interface PlacedPart extends AutoCloseable {
    Map<String, String> facts();

    /** Figures of the process it runs in. */
    ProcessFigures figures();

    @Override
    void close();
}
