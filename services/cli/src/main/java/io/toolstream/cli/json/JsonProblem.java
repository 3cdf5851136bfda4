package io.toolstream.cli.json;

/** Text that is not one JSON value; the message tells what and where (line:column). */
public final class JsonProblem extends Exception {
    private static final long serialVersionUID = 1L;

    JsonProblem(String message) {
        super(message, null, false, false);
    }
}
