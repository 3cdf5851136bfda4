package io.toolstream.bench.place;

import java.util.Map;

/** A part in this very process. */
public record LocalPart(Part part) implements PlacedPart {
    @Override
    public Map<String, String> facts() {
        return part.facts();
    }

    @Override
    public ProcessFigures figures() {
        return ProcessFigures.ofThisProcess();
    }

    @Override
    public ProcessFigures figuresAfterCollection() {
        System.gc();
        return figures();
    }

    @Override
    public int mostLinesInASecond() {
        return 0;
    }

    @Override
    public void close() {
        part.close();
    }
}
