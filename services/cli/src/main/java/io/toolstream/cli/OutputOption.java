package io.toolstream.cli;

import picocli.CommandLine.Option;

/** The option that says how data is printed. */
public final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table (for people), json (one value) or jsonl (one value per line). Default: table.")
    private Format format = Format.TABLE;

    /** How data is printed. The two forms of JSON are for programs and stay as they are. */
    public enum Format {
        TABLE,
        JSON,
        JSONL
    }

    public Format format() {
        return format;
    }
}
