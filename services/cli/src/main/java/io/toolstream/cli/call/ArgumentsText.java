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

/** The value of {@code --args}: JSON itself, {@code @file}, or {@code -} for standard input. */
final class ArgumentsText {
    private ArgumentsText() {}

    static RawJson read(String option, InputStream in) {
        String text = text(option, in);
        try {
            if (!JsonReader.read(text).is(JsonTree.Kind.OBJECT)) {
                throw new CommandFailure(
                        ExitCode.USAGE, "--args: a JSON object expected, like {\"path\":\"README.md\"}");
            }
            return RawJson.ofText(text);
        } catch (JsonProblem e) {
            throw new CommandFailure(ExitCode.USAGE, "--args is not JSON, " + e.getMessage());
        }
    }

    private static String text(String option, InputStream in) {
        try {
            if (option.equals("-")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            return option.startsWith("@") ? Files.readString(Path.of(option.substring(1))) : option;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.INPUT_OUTPUT, "--args " + option + " cannot be read: " + FileTrouble.of(e));
        }
    }
}
