package io.toolstream.settings.source;

/**
 * Where a value came from.
 *
 * @param place a file, {@code environment TOOLSTREAM_…}, {@code --set}, {@code profile …} or {@code default}
 * @param line counted from 1; 0 where the place has no lines
 */
public record Origin(String place, int line, int column) {
    public static Origin of(String place) {
        return new Origin(place, 0, 0);
    }

    /** {@code toolstream.yaml:12:5}, or the place alone. */
    @Override
    public String toString() {
        return line > 0 ? place + ":" + line + ":" + column : place;
    }
}
