package io.toolstream.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The AsyncAPI document says what the code says; whether it is good AsyncAPI, {@code schemas/check-asyncapi.sh} tells. */
class AsyncApiTest {
    private static final JsonNode DOCUMENT =
            new YAMLMapper().readTree(Schemas.read(Schemas.folder().resolve("asyncapi.yaml")));

    @Test
    void references_allLeadSomewhere() {
        List<String> references = references(DOCUMENT);

        assertThat(references)
                .hasSizeGreaterThan(40)
                .allSatisfy(
                        reference -> assertThat(target(Schemas.folder().resolve("asyncapi.yaml"), DOCUMENT, reference))
                                .as(reference)
                                .isNotNull());
    }

    @Test
    void referencesOfSchemas_allLeadSomewhere() {
        assertThat(Schemas.files("")).isNotEmpty().allSatisfy(file -> {
            JsonNode schema = Schemas.tree(Schemas.read(file));
            assertThat(references(schema))
                    .allSatisfy(reference -> assertThat(target(file, schema, reference))
                            .as(reference)
                            .isNotNull());
        });
    }

    @Test
    void everyTopic_isAChannel() {
        assertThat(DOCUMENT.get("channels").values().stream()
                        .map(channel -> channel.get("address").stringValue()))
                .containsExactlyInAnyOrderElementsOf(TopicNames.DEFAULT.all());
    }

    @Test
    void everySchemaOfAMessage_isUsed() {
        List<String> ofNoMessage = List.of("./types.schema.json", "./settings.schema.json");

        assertThat(Schemas.files(""))
                .extracting(file -> "./" + requireNonNull(file.getFileName()))
                .filteredOn(file -> !ofNoMessage.contains(file))
                .isSubsetOf(references(DOCUMENT));
    }

    private static List<String> references(JsonNode node) {
        List<String> references = new ArrayList<>();
        node.properties().forEach(field -> {
            if (field.getKey().equals("$ref")) {
                references.add(field.getValue().stringValue());
            }
        });
        node.values().forEach(value -> references.addAll(references(value)));
        return references;
    }

    /** What a reference of a file leads to; missing where it leads nowhere. */
    private static JsonNode target(Path file, JsonNode document, String reference) {
        int hash = reference.indexOf('#');
        String path = hash < 0 ? reference : reference.substring(0, hash);
        JsonNode root = path.isEmpty() ? document : Schemas.tree(Schemas.read(file.resolveSibling(path)));
        return hash < 0 ? root : root.requiredAt(reference.substring(hash + 1));
    }
}
