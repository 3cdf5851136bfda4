package io.toolstream.testkit.json;

/** Says where a text stops being JSON. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JsonException(String message, int position) {
        super(message + " at character " + position);
    }
}
