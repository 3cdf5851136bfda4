package io.toolstream.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what there is. */
final class ReadmeTest {
    private static final Path HOME = Path.of(System.getProperty("toolstream.basedir", "../.."));
    private static final Path EXAMPLE =
            HOME.resolve("services/client/src/test/java/io/toolstream/client/examples/ReadmeExample.java");

    @Test
    void javaExample_isTheCompiledOne() throws IOException {
        String source = Files.readString(EXAMPLE);
        String shown =
                source.substring(source.indexOf("// begin-readme\n") + 16, source.indexOf("        // end-readme"));

        assertThat(blocks("java")).containsExactly(shown.stripTrailing().stripIndent());
    }

    @Test
    void links_leadSomewhere() throws IOException {
        for (String page : List.of("README.md", "services/README.md", "schemas/README.md")) {
            Path file = HOME.resolve(page);
            Matcher link = Pattern.compile("\\]\\((?!https?:)([^)#]+)").matcher(Files.readString(file));
            while (link.find()) {
                assertThat(file.resolveSibling(link.group(1)).normalize())
                        .as("link in %s", page)
                        .exists();
            }
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)\n```", Pattern.DOTALL)
                .matcher(Files.readString(HOME.resolve("README.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
