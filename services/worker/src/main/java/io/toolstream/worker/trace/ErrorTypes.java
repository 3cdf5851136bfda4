package io.toolstream.worker.trace;

import io.toolstream.wire.Status;
import io.toolstream.worker.invoke.Outcome;
import java.util.Optional;

/** What the conventions call {@code error.type}: of few words. Pure. */
final class ErrorTypes {
    private ErrorTypes() {}

    /** Empty for what went well. A tool that says {@code isError} counts as an error, as the conventions want it. */
    static Optional<String> of(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return Optional.of(failed.failure().code().text());
        }
        return outcome.status() == Status.TOOL_ERROR ? Optional.of("tool_error") : Optional.empty();
    }
}
