package io.toolstream.settings.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class PlainSchemaTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"string\", \"minLength\": 1}",
                "{\"properties\": {\"a\": {\"pattern\": \"x\"}}}",
                "{\"items\": {\"format\": \"date\"}}",
                "{\"properties\": {\"a\": true}}",
                "{\"required\": [\"a\"]}",
                "{\"additionalProperties\": {\"type\": \"string\"}}",
                "{\"enum\": [\"a\", 1]}",
                "{\"anyOf\": [{\"type\": \"string\"}]}",
            })
    void read_schemaThatSaysMore_isNotPlain(String schema) {
        assertThat(PlainSchemaReader.read(Json.MAPPER.readTree(schema))).isNull();
    }

    @Test
    void accepts_requiredPropertyTwice_doesNotCountForAnother() {
        PlainSchema schema = requireNonNull(PlainSchemaReader.read(
                Json.MAPPER.readTree("{\"properties\": {\"a\": {}, \"b\": {}}, \"required\": [\"a\", \"b\"]}")));

        assertThat(accepts(schema, "{\"a\": 1, \"a\": 2}")).isFalse();
        assertThat(accepts(schema, "{\"a\": 1, \"b\": 2}")).isTrue();
    }

    /** The same schema with a word that means nothing is not plain, so the whole schema judges. */
    @Test
    void validate_anySchemaAndArguments_saysWhatTheWholeSchemaSays() {
        long seed = System.nanoTime();
        RandomSchemas random = new RandomSchemas(new SplittableRandom(seed));
        int accepted = 0;
        for (int i = 0; i < 400; i++) {
            ObjectNode schema = random.schema(3);
            ArgumentsSchema plain = ArgumentsSchema.compile(bytes(schema));
            ArgumentsSchema whole =
                    ArgumentsSchema.compile(bytes(schema.deepCopy().put("x-whole", true)));
            PlainSchema alone = requireNonNull(PlainSchemaReader.read(schema), () -> "seed " + seed + ": " + schema);
            for (int k = 0; k < 100; k++) {
                byte[] arguments = random.arguments(schema);

                assertThat(plain.validate(arguments))
                        .as("seed %d: %s %s", seed, schema, new String(arguments, UTF_8))
                        .isEqualTo(whole.validate(arguments));
                accepted += alone.accepts(arguments, 0, arguments.length) ? 1 : 0;
            }
        }
        assertThat(accepted).isBetween(4_000, 36_000);
    }

    private static boolean accepts(PlainSchema schema, String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return schema.accepts(bytes, 0, bytes.length);
    }

    private static byte[] bytes(ObjectNode json) {
        return Json.MAPPER.writeValueAsBytes(json);
    }
}
