package io.toolstream.bench.load;

/** An answer came, and it was not the answer to the call that was made. */
public final class WrongAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WrongAnswerException(String message) {
        super(message, null, false, false);
    }
}
