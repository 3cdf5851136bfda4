package io.toolstream.settings.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceReaderTest {
    private final Problems problems = new Problems();

    @Test
    void yaml_remembersWhereEverythingStands() {
        SourceTree tree = yaml("a:\n  b: [x, 5]\n  c/d: true\n");

        assertThat(problems.isEmpty()).isTrue();
        assertThat(tree.root()).hasToString("{\"a\":{\"b\":[\"x\",5],\"c/d\":true}}");
        assertThat(tree.origin("/a/b/1")).hasToString("f:2:10");
        assertThat(tree.keyOrigin("/a/c~1d")).hasToString("f:3:3");
        assertThat(tree.origin("/a/b/7/missing")).hasToString("f:2:6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a:\n\tb: 1'                       | f:2:1: broken syntax: while scanning for the next token, found character",
                "'a: 1\nb:\n  c: 1\n  c: 2'         | f:4:3 /b/c: stands here twice, first in line 3",
                "'a: &x [1]\nb: *x'                 | f:2:4 /b: YAML aliases (*name) are not supported",
                "'a: !!javax.script.ScriptEngineManager []' | f:1:4 /a: YAML tags are not supported",
                "'a: !mine 5'                       | f:1:4 /a: YAML tags are not supported",
                "'a: [1, 2'                         | f:",
                "'a: 1\n---\nb: 2'                  | f:3:1: a second document starts here",
                "'? [a, b]\n: 1'                    | f:1:",
            })
    void yaml_thatIsNotPlain_isAProblem(String text, String problem) {
        yaml(text);

        assertThat(problems.sorted())
                .anySatisfy(found -> assertThat(found.toString()).startsWith(problem));
    }

    @Test
    void yaml_withCoreTags_isPlain() {
        assertThat(yaml("a: !!str 5\nb: !!int 5\n").root()).hasToString("{\"a\":\"5\",\"b\":5}");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    @Timeout(20)
    void yaml_aliasBomb_isHarmless() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d]%n".formatted(i, i, i - 1, i - 1, i - 1, i - 1));
        }

        yaml(bomb.toString());

        assertThat(problems.sorted()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n", "---\n"})
    void yaml_empty_isAnEmptyObject(String text) {
        SourceTree tree = yaml(text);

        assertThat(tree.root().isEmpty()).isTrue();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void yaml_withByteOrderMark_isRead() {
        assertThat(yaml("\uFEFFa: 1\n").root()).hasToString("{\"a\":1}");
    }

    @Test
    void read_notUtf8_isAProblem() {
        SourceReader.yaml(new byte[] {'a', ':', ' ', (byte) 0xff}, "f", problems);

        assertThat(problems.sorted()).singleElement().hasToString("f: is not text in UTF-8");
    }

    @Test
    void read_tooDeep_isAProblem() {
        SourceReader.json(bytes("[".repeat(200) + "]".repeat(200)), "f", problems);

        assertThat(problems.sorted())
                .singleElement()
                .extracting(Problem::message)
                .isEqualTo("is nested deeper than 64 levels");
    }

    @Test
    void json_asEditorsWriteIt_isRead() {
        SourceTree tree = SourceReader.json(bytes("{\n // one\n \"a\": [1, 2,], /* two */\n}"), "f", problems);

        assertThat(problems.isEmpty()).isTrue();
        assertThat(tree.root()).hasToString("{\"a\":[1,2]}");
    }

    @Test
    void brokenSyntax_neverQuotesTheLine() {
        yaml("password: \"hunter2hunter2\nother: [\n");
        SourceReader.json(bytes("{\"password\": hunter2hunter2}"), "f", problems);
        SourceReader.json(bytes("{\"password\": \"hunter2hunter2"), "f", problems);

        assertThat(problems.sorted())
                .hasSize(3)
                .noneMatch(problem -> problem.toString().contains("hunter2"));
    }

    /** Whatever comes in, the answer is a tree or a problem. */
    @Test
    void read_mutatedDocuments_neverThrows() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<String> alphabet = List.of(
                "a",
                ": ",
                "\n",
                "  ",
                "- ",
                "[",
                "]",
                "{",
                "}",
                ",",
                "\"",
                "'",
                "&x ",
                "*x",
                "!!int ",
                "!x ",
                "|\n",
                ">\n",
                "#",
                "? ",
                "1",
                ".inf",
                ".nan",
                "0x1",
                "1e9",
                "~",
                "\t",
                "---\n",
                "...\n",
                "%YAML 1.1\n",
                "<<: ",
                "\\u",
                "\u0001");
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                text.append(alphabet.get(random.nextInt(alphabet.size())));
            }
            assertThat(SourceReader.yaml(bytes(text.toString()), "f", new Problems())
                            .root())
                    .as("seed %d round %d", seed, round)
                    .isNotNull();
            assertThat(SourceReader.json(bytes(text.toString()), "f", new Problems())
                            .root())
                    .as("seed %d round %d", seed, round)
                    .isNotNull();
        }
    }

    private SourceTree yaml(String text) {
        return SourceReader.yaml(bytes(text), "f", problems);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
