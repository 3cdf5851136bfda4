package io.toolstream.settings.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArgumentsSchemaTest {
    private static final String READ_FILE = """
            {
              "$schema": "http://json-schema.org/draft-07/schema#",
              "type": "object",
              "properties": {
                "path": { "type": "string", "minLength": 1 },
                "head": { "type": "integer", "minimum": 1 },
                "mode": { "enum": ["text", "binary"] },
                "lines": { "type": "array", "items": { "type": "integer" } }
              },
              "required": ["path"],
              "additionalProperties": false
            }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"path\": \"x\"}",
                "{\"path\": \"x\", \"head\": 1, \"mode\": \"text\", \"lines\": [1, 2]}",
                "{\"path\": \"x\", \"head\": 3.0}",
            })
    void validate_rightArguments_hasNothingToSay(String arguments) {
        assertThat(violations(READ_FILE, arguments)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                     | ''       | lacks the required property path",
                "{\"path\": 5}                          | /path    | expected string, found integer",
                "{\"path\": \"\"}                       | /path    | must be at least 1 characters long",
                "{\"path\": \"x\", \"head\": 0}         | /head    | must have a minimum value of 1",
                "{\"path\": \"x\", \"head\": 1.5}       | /head    | expected integer, found number",
                "{\"path\": \"x\", \"mode\": \"s3cret\"} | /mode   | expected one of [\"text\", \"binary\"]",
                "{\"path\": \"x\", \"lines\": [1, \"2\"]} | /lines/1 | expected integer, found string",
                "{\"path\": \"x\", \"hed\": 1}          | ''       | has no property hed, did you mean head?",
                "[]                                     | ''       | expected object, found array",
                "{\"path\":                             | ''       | is not well-formed JSON",
                "{\"path\": \"x\"} x                    | ''       | is not well-formed JSON",
                "''                                     | ''       | is not well-formed JSON",
            })
    void validate_wrongArguments_saysWhereAndWhatWasExpected(String arguments, String pointer, String message) {
        assertThat(violations(READ_FILE, arguments)).containsExactly(new Violation(pointer, message));
    }

    @Test
    void validate_manyViolations_stopsAtTen() {
        String arguments = "{\"path\": \"x\", \"lines\": [" + "\"s3cret\",".repeat(500) + "1]}";

        List<Violation> violations = violations(READ_FILE, arguments);

        assertThat(violations)
                .hasSize(10)
                .allSatisfy(violation -> assertThat(violation.toString()).doesNotContain("s3cret"));
    }

    @Test
    void validate_longNames_areCutAndCleaned() {
        String arguments = "{\"path\": \"x\", \"" + "n".repeat(5_000) + "\\r\\n\": 1}";

        assertThat(violations(READ_FILE, arguments))
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.message()).hasSizeLessThan(300).doesNotContain("\n"));
    }

    @Test
    void validate_partOfAnArray_looksAtThatPartOnly() {
        byte[] bytes = "xx{\"path\": \"x\"}yy".getBytes(StandardCharsets.UTF_8);

        assertThat(schema(READ_FILE).validate(bytes, 2, bytes.length - 4)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "true",
                "{\"type\": \"objekt\"}",
                "{\"type\": 5}",
                "{\"required\": \"path\"}",
                "{\"properties\": []}",
                "{\"properties\": {\"a\": {\"type\": \"strin\"}}}",
                "{\"$schema\": \"https://example.com/mine\"}",
                "{\"$schema\": \"http://json-schema.org/draft-03/schema#\"}",
                "{\"$schema\": \"file:/etc/passwd\"}",
                "{\"$schema\": 5}",
                "{\"$ref\": \"#/$defs/nowhere\"}",
                "{\"properties\": {\"a\": {\"items\": {\"$ref\": \"#/$defs/nowhere\"}}}}",
            })
    void compile_whatIsNoSchema_isRefused(String schema) {
        assertThatThrownBy(() -> schema(schema)).isInstanceOf(SchemaException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:1/x.json",
                "http://127.0.0.1:1/x.json",
                "file:/etc/passwd",
                "classpath:io/toolstream/settings/settings.schema.json",
                "resource:/io/toolstream/settings/settings.schema.json",
                "other.json",
            })
    void compile_referenceToTheOutside_isRefused(String reference) {
        assertThatThrownBy(() -> schema("{\"properties\": {\"a\": {\"$ref\": \"" + reference + "\"}}}"))
                .isInstanceOf(SchemaException.class);
    }

    @Test
    void compile_referencesWithin_work() {
        String schema =
                "{\"$defs\": {\"n\": {\"type\": \"integer\"}}, \"properties\": {\"a\": {\"$ref\": \"#/$defs/n\"}}}";

        assertThat(violations(schema, "{\"a\": \"x\"}"))
                .containsExactly(new Violation("/a", "expected integer, found string"));
    }

    @Test
    void compile_tooLarge_isRefused() {
        assertThatThrownBy(() -> schema("{\"description\": \"" + "x".repeat(300_000) + "\"}"))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("bytes");
    }

    @Test
    void compile_tooDeep_isRefused() {
        String deep = "{\"properties\": {\"a\": ".repeat(300) + "{}" + "}}".repeat(300);

        assertThatThrownBy(() -> schema(deep)).isInstanceOf(SchemaException.class);
    }

    @Test
    void compile_sameIdTwice_keepsThemApart() {
        String strings = "{\"$id\": \"https://example.com/x\", \"properties\": {\"a\": {\"type\": \"string\"}}}";
        ArgumentsSchema first = schema(strings);
        ArgumentsSchema second = schema(strings.replace("string", "integer"));

        assertThat(first.validate("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)))
                .hasSize(1);
        assertThat(second.validate("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThatThrownBy(() -> schema("{\"properties\": {\"b\": {\"$ref\": \"https://example.com/x\"}}}"))
                .isInstanceOf(SchemaException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"$ref\": \"#\"}                                               | {}",
                "{\"properties\": {\"a\": {\"$ref\": \"#/properties/a\"}}}       | {\"a\": 1}",
            })
    void validate_schemaThatTurnsInCircles_ends(String schema, String arguments) {
        assertThat(violations(schema, arguments))
                .singleElement()
                .extracting(Violation::message)
                .asString()
                .startsWith("cannot be checked");
    }

    @Test
    @Timeout(20)
    void validate_schemaThatDoublesWithEachLevel_ends() {
        String twice = "{\"properties\": {\"x\": {\"$ref\": \"#/$defs/n\"}}, \"required\": [\"z\"]}";
        String schema = "{\"$defs\": {\"n\": {\"anyOf\": [T, T]}}, \"$ref\": \"#/$defs/n\"}".replace("T", twice);
        String arguments = "{\"x\":".repeat(60) + "1" + "}".repeat(60);

        assertThat(violations(schema, arguments)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a|aa)+$", "(.*a){25}", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a|b)*c"})
    @Timeout(20)
    void validate_patternThatNeverEnds_ends(String pattern) {
        String schema = "{\"properties\": {\"a\": {\"pattern\": \"" + pattern + "\"}}}";

        assertThat(violations(schema, "{\"a\": \"" + "a".repeat(100_000) + "!\"}"))
                .singleElement()
                .extracting(Violation::pointer)
                .isEqualTo("/a");
    }

    @Test
    void validate_patternThatJavaCannotRead_isLeftToTheServer() {
        assertThat(violations(
                        "{\"properties\": {\"a\": {\"pattern\": \"^\\\\p{Emoji_Component}[^]$\"}}}", "{\"a\": \"x\"}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e-400", "123456789012345678901234567890", "0.1", "-0"})
    void validate_oddNumbers_neverThrows(String number) {
        String schema = "{\"properties\": {\"a\": {\"type\": \"number\", \"multipleOf\": 0.1, \"maximum\": 5,"
                + " \"exclusiveMinimum\": -5}, \"b\": {\"const\": 1}, \"c\": {\"uniqueItems\": true}}}";

        assertThat(violations(schema, "{\"a\": N, \"b\": N, \"c\": [N, N]}".replace("N", number)))
                .hasSizeLessThan(10);
    }

    @Test
    void validate_deepArguments_neverThrows() {
        String schema = "{\"properties\": {\"x\": {\"$ref\": \"#\"}}}";
        String arguments = "{\"x\":".repeat(500) + "1" + "}".repeat(500);

        assertThat(violations(schema, arguments)).isEmpty();
    }

    private static ArgumentsSchema schema(String json) {
        return ArgumentsSchema.compile(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Violation> violations(String schema, String arguments) {
        return schema(schema).validate(arguments.getBytes(StandardCharsets.UTF_8));
    }
}
