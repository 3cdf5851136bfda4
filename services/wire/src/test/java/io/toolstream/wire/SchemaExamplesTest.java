package io.toolstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The published examples: the good ones keep to their schema and go through the codecs without a byte of foreign JSON
 * changed; the bad ones break their schema, and the codecs refuse them.
 */
class SchemaExamplesTest {
    private static final List<String> KINDS = List.of(
            "call",
            "calls-record",
            "headers",
            "reply",
            "reply-headers",
            "batch-reply",
            "dead-letter-headers",
            "event",
            "metrics",
            "cancel",
            "catalogue");

    /** Where the schemas are said to stand, so that their references to each other resolve without being fetched. */
    private static final String PLACE = "https://schemas.test/";

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemas(Schemas.files("").stream()
                    .collect(Collectors.toMap(
                            file -> PLACE + file.getFileName(), file -> new String(Schemas.read(file), UTF_8)))));

    static Stream<Example> good() {
        return KINDS.stream().flatMap(kind -> Example.in(kind, "examples/" + kind));
    }

    static Stream<Example> bad() {
        return KINDS.stream()
                .filter(kind -> !kind.equals("reply-headers"))
                .flatMap(kind -> Example.in(kind, "examples/" + kind + "/invalid"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void goodExample_keepsToItsSchema(Example example) {
        assertThat(schemaErrors(example)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("good")
    void goodExample_isReadAndWrittenWithoutLoss(Example example) {
        ExampleCodecs.checkRoundTrip(example.kind(), example.json());
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badExample_breaksItsSchema(Example example) {
        assertThat(schemaErrors(example)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badExample_isRefusedByTheCodec(Example example) {
        assertThat(ExampleCodecs.refusal(example.kind(), example.json())).isNotNull();
    }

    @Test
    void everySchema_keepsToTheSchemaOfSchemas() {
        Schema metaSchema = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(Schemas.files(""))
                .hasSizeGreaterThanOrEqualTo(KINDS.size())
                .allSatisfy(file -> assertThat(
                                metaSchema.validate(new String(Schemas.read(file), UTF_8), InputFormat.JSON))
                        .isEmpty());
    }

    /** Closed, so that registries judge an added optional field as compatible; headers are open, since others add theirs. */
    @ParameterizedTest
    @ValueSource(strings = {"call", "calls-record", "reply", "batch-reply", "cancel", "metrics"})
    void schemaOfAValue_isClosed(String kind) {
        JsonNode schema = Schemas.tree(Schemas.read(Schemas.folder().resolve(kind + ".schema.json")));

        assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
    }

    private static List<Error> schemaErrors(Example example) {
        Schema schema = REGISTRY.getSchema(SchemaLocation.of(PLACE + example.kind() + ".schema.json"));
        return schema.validate(new String(example.json(), UTF_8), InputFormat.JSON);
    }

    /** One example file of a kind. */
    record Example(String kind, String name, byte[] json) {
        static Stream<Example> in(String kind, String folder) {
            List<Path> files = Schemas.files(folder);
            assertThat(files).as(folder).isNotEmpty();
            return files.stream().map(file -> new Example(kind, name(file), Schemas.read(file)));
        }

        private static String name(Path file) {
            return Objects.toString(file.getFileName());
        }

        @Override
        public String toString() {
            return kind + ": " + name;
        }
    }
}
