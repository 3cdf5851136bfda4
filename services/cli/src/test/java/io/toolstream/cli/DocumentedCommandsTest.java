package io.toolstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Tests that every command a page shows, word for word, is one that the program understands. */
final class DocumentedCommandsTest {
    private static final Path HOME = Path.of(System.getProperty("toolstream.basedir", "../.."));
    private static final Pattern BLOCK = Pattern.compile("^```\\w*\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern INLINE = Pattern.compile("`(?:\\./)?toolstream ([^`]+)`");
    private static final Pattern LINE = Pattern.compile("^(?:\\$ )?(?:\\./)?toolstream (.+)$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|[^\\s\"']+(?:\"[^\"]*\"|'[^']*')?");
    private static final Pattern REST = Pattern.compile("\\s+(#|\\||>|2>|</|&|×).*$");

    private final CommandLine commandLine = commandLine();

    @Test
    void everyCommandOfAPage_isUnderstood() throws IOException {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Path page : pages()) {
            for (String command : commands(Files.readString(page))) {
                seen++;
                String problem = problem(words(command));
                if (!problem.isEmpty()) {
                    wrong.add(HOME.relativize(page) + ": toolstream " + command + ": " + problem);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(100);
    }

    @Test
    void whatIsNoCommand_isFound() {
        assertThat(problem(List.of("servers", "list"))).isNotEmpty();
        assertThat(problem(List.of("dead-letters", "ls", "--sinse", "1h"))).isNotEmpty();
        assertThat(problem(List.of("dead-letters", "ls", "--since", "1h"))).isEmpty();
    }

    private String problem(List<String> words) {
        try {
            commandLine.parseArgs(words.toArray(String[]::new));
            return "";
        } catch (CommandLine.MissingParameterException onlyNamed) {
            return "";
        } catch (CommandLine.ParameterException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Those of the blocks, and those within lines; what ends in an ellipsis or names alternatives is left out. */
    private static List<String> commands(String page) {
        List<String> all = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(page); block.find(); ) {
            LINE.matcher(block.group(1)).results().forEach(line -> all.add(line.group(1)));
        }
        INLINE.matcher(BLOCK.matcher(page).replaceAll("")).results().forEach(inline -> all.add(inline.group(1)));
        return all.stream()
                .map(command -> REST.matcher(command).replaceAll("").strip())
                .filter(command -> !command.contains("…") && !command.contains("|") && !command.endsWith("\\"))
                .toList();
    }

    private static List<String> words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> word.group().replaceAll("[\"']", ""))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(HOME.resolve("services/docs"))) {
            return Stream.concat(
                            Stream.of(HOME.resolve("README.md")),
                            docs.filter(page -> page.toString().endsWith(".md")))
                    .toList();
        }
    }

    private static CommandLine commandLine() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Console console = new Console(nowhere, nowhere, new ByteArrayInputStream(new byte[0]), Map.of(), false, false);
        FakePipeline pipeline = new FakePipeline(call -> new CompletableFuture<>());
        return Toolstream.commandLine(new Session(console, pipeline));
    }
}
