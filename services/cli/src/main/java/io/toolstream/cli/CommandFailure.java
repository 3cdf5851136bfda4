package io.toolstream.cli;

import org.jspecify.annotations.Nullable;

/** A command cannot do what it was asked for; the message is all its user needs to see. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;
    private final String message;

    public CommandFailure(ExitCode code, String message) {
        super(message, null, false, false);
        this.code = code;
        this.message = message;
    }

    /** For a failure whose own message is fit for the user. */
    public static CommandFailure of(ExitCode code, @Nullable Throwable failure) {
        return new CommandFailure(code, reason(failure));
    }

    /** What a failure says of itself; its name where it says nothing. */
    public static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "for no reason known";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    public String message() {
        return message;
    }

    public ExitCode code() {
        return code;
    }
}
