package io.toolstream.settings.source;

/**
 * One thing wrong with the settings: where, what was found and what was expected. Never holds a value that may be secret.
 *
 * @param pointer JSON pointer of the value, empty for the whole
 */
public record Problem(Origin origin, String pointer, String message) {
    /** A problem of a whole file or another place without lines. */
    public static Problem of(String place, String message) {
        return new Problem(Origin.of(place), "", message);
    }

    /** {@code toolstream.yaml:12:5 /worker/maxInFlight: must be …}. */
    @Override
    public String toString() {
        return pointer.isEmpty() ? origin + ": " + message : origin + " " + pointer + ": " + message;
    }
}
