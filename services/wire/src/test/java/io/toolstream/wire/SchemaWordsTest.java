package io.toolstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every word the code knows stands in the schemas, and no other. */
class SchemaWordsTest {
    @Test
    void enums_haveTheirWords() {
        assertThat(words(schema("types").at("/$defs/status/enum"))).isEqualTo(words(Status.values(), Status::text));
        assertThat(words(schema("types").at("/$defs/priority/enum")))
                .isEqualTo(words(Priority.values(), Priority::text));
        assertThat(words(schema("call").at("/properties/cache/enum")))
                .isEqualTo(words(CacheMode.values(), CacheMode::text));
        assertThat(words(schema("reply").at("/properties/error/properties/mayHaveRun/enum")))
                .isEqualTo(words(MayHaveRun.values(), MayHaveRun::text));
        assertThat(words(schema("dead-letter-headers").at("/properties/toolstream-status/enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Status.values())
                        .filter(Status::leavesDeadLetter)
                        .map(Status::text)
                        .toList());
    }

    @Test
    void fieldsOfACall_areThoseOfTheDecoder() {
        Set<String> fields = new HashSet<>(names(schema("call")));
        fields.add(CallFields.CALLS);

        assertThat(fields).isEqualTo(CallFields.ALL);
    }

    @Test
    void headersOfACall_areThoseOfTheDecoder() {
        assertThat(names(schema("headers")))
                .containsExactlyInAnyOrder(
                        HeaderNames.CORRELATION_ID,
                        HeaderNames.REPLY_TO,
                        HeaderNames.REPLY_PARTITION,
                        HeaderNames.DEADLINE,
                        HeaderNames.IDEMPOTENCY_KEY,
                        HeaderNames.ORDERING_KEY,
                        HeaderNames.TENANT,
                        HeaderNames.PRIORITY,
                        HeaderNames.TRACEPARENT,
                        HeaderNames.TRACESTATE,
                        HeaderNames.BAGGAGE,
                        HeaderNames.VERSION,
                        HeaderNames.KAFKA_CORRELATION_ID,
                        HeaderNames.KAFKA_REPLY_TOPIC,
                        HeaderNames.KAFKA_REPLY_PARTITION,
                        HeaderNames.CE_ID,
                        HeaderNames.CONTENT_TYPE);
    }

    private static JsonNode schema(String kind) {
        return Schemas.tree(Schemas.read(Schemas.folder().resolve(kind + ".schema.json")));
    }

    private static Set<String> names(JsonNode schema) {
        return new HashSet<>(schema.get("properties").propertyNames());
    }

    private static List<String> words(JsonNode words) {
        return words.values().stream().map(JsonNode::stringValue).toList();
    }

    private static <E> List<String> words(E[] constants, Function<E, String> word) {
        return Arrays.stream(constants).map(word).toList();
    }
}
