package io.toolstream.settings.source;

/**
 * A text whose references are resolved.
 *
 * @param isSecret whether part of it came from a variable or a file: such values are never shown
 */
public record Expanded(String text, boolean isSecret) {
    /** Without the text, which may be secret. */
    @Override
    public String toString() {
        return isSecret ? "Expanded[******]" : "Expanded[" + text + "]";
    }
}
