package io.toolstream.settings.source;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with the settings: where, and what was found and expected. Never holds a value that may be secret.
 *
 * @param place file, {@code environment}, {@code --set} or whatever else the value came from
 * @param line counted from 1; 0 where the place has no lines
 * @param pointer JSON pointer of the value, empty for the whole
 */
public record Problem(String place, int line, int column, String pointer, String message) {
    /** {@code toolstream.yaml:12:5 /worker/maxInFlight: …}. */
    @Override
    public String toString() {
        String where = line > 0 ? place + ":" + line + ":" + column : place;
        return pointer.isEmpty() ? where + ": " + message : where + " " + pointer + ": " + message;
    }

    /** A problem of a place without lines. */
    public static Problem at(String place, @Nullable String pointer, String message) {
        return new Problem(place, 0, 0, pointer == null ? "" : pointer, message);
    }
}
