package io.toolstream.cli.call;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.FileTrouble;
import io.toolstream.cli.json.JsonProblem;
import io.toolstream.cli.json.JsonReader;
import io.toolstream.cli.json.JsonTree;
import io.toolstream.wire.RawJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The value of an option that takes a JSON object: JSON itself, {@code @file}, or {@code -} for standard input. */
public final class ArgumentsText {
    private ArgumentsText() {}

    /** @param option as it is named on the command line */
    public static RawJson read(String option, String value, InputStream in) {
        String text = text(option, value, in);
        try {
            if (!JsonReader.read(text).is(JsonTree.Kind.OBJECT)) {
                throw new CommandFailure(
                        ExitCode.USAGE, option + ": a JSON object expected, like {\"path\":\"README.md\"}");
            }
            return RawJson.ofText(text);
        } catch (JsonProblem e) {
            throw new CommandFailure(ExitCode.USAGE, option + " is not JSON, " + e.getMessage());
        }
    }

    private static String text(String option, String value, InputStream in) {
        try {
            if (value.equals("-")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            return value.startsWith("@") ? Files.readString(Path.of(value.substring(1))) : value;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.INPUT_OUTPUT, option + " " + value + " cannot be read: " + FileTrouble.of(e));
        }
    }
}
