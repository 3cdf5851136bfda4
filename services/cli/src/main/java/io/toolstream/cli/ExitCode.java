package io.toolstream.cli;

/** How the command ended, as its exit code tells a script. */
public enum ExitCode {
    OK(0, "the tool answered"),
    TOOL_ERROR(1, "the tool or its server failed, or its outcome is unknown"),
    USAGE(2, "the command line is wrong"),
    REFUSED(3, "rejected or unavailable: nothing ran"),
    TIMED_OUT(4, "no answer in time"),
    UNREACHABLE(5, "the broker cannot be reached or does not start, or a topic is missing"),
    BAD_SETTINGS(6, "the settings or the mcp.json are wrong"),
    INTERNAL(70, "a bug of toolstream"),
    INPUT_OUTPUT(74, "a file cannot be read or the output cannot be written"),
    INTERRUPTED(130, "interrupted or cancelled");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** For the help, one line. */
    public String meaning() {
        return meaning;
    }
}
