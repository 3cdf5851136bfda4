package io.toolstream.metrics.stream;

import io.toolstream.wire.WindowMetrics;
import io.toolstream.wire.WindowMetrics.Issue;
import io.toolstream.wire.WindowMetrics.Window;
import java.util.OptionalInt;

/** A window on which something is still to be published. */
final class OpenWindow {
    private final Window window;
    private final Figures figures;
    private final int revision;
    private final boolean isCorrection;
    private boolean isChanged;
    private long publishedMillis;
    private long touchedMillis;

    /** @param finalRevision of the final record it has had already, if it has */
    OpenWindow(Window window, Figures figures, OptionalInt finalRevision, long nowMillis) {
        this.window = window;
        this.figures = figures;
        this.isCorrection = finalRevision.isPresent();
        this.revision = isCorrection ? finalRevision.getAsInt() + 1 : 0;
        this.touchedMillis = nowMillis;
    }

    void add(Figures more, long nowMillis) {
        figures.add(more);
        isChanged = true;
        touchedMillis = nowMillis;
    }

    Window window() {
        return window;
    }

    Figures figures() {
        return figures;
    }

    int revision() {
        return revision;
    }

    /** It has had its final record, and nothing has come since. */
    boolean isUntouchedCorrection() {
        return isCorrection && !isChanged;
    }

    /** Nothing has come for this long since its end, or it had ended before: then the next record is final. */
    boolean isOver(long graceMillis, long nowMillis) {
        return isCorrection || nowMillis >= Math.max(window.endMillis(), touchedMillis) + graceMillis;
    }

    /** There is something new, and the last record is this long ago. */
    boolean isDue(long pauseMillis, long nowMillis) {
        return isChanged && nowMillis >= publishedMillis + pauseMillis;
    }

    WindowMetrics publish(boolean isFinal, long nowMillis) {
        isChanged = false;
        publishedMillis = nowMillis;
        return new WindowMetrics(window, new Issue(isFinal, revision, nowMillis), figures.calls(), figures.state());
    }
}
