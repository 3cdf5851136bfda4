package io.toolstream.settings.source;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used: everything that is wrong with them. A process exits with status 6 on it, without a stack trace. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public SettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** At least one; in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
