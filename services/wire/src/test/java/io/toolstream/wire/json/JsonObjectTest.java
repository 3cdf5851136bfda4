package io.toolstream.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
    private static final JsonLimits ALONG = JsonLimits.GENEROUS.withAlong(Set.of("a", "b"));
    private static final List<String> PARTS = List.of(
            "{",
            "}",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"a\":{",
            "\"b\":{",
            "\"a\":",
            "\"c\":",
            "\"x\":1",
            "\"y\":\"é\"",
            "\"x\":[]",
            ",",
            "},",
            "null",
            "-1.5e3",
            " ",
            "\n",
            "\"\\u0061\":",
            "\"" + "n".repeat(1_030) + "\":1",
            "\"long\":{",
            "}}");

    @Test
    void along_nestedObject_hasItsFields() {
        JsonObject object = read("{\"a\":{\"x\":1,\"y\":{}},\"c\":{\"x\":1}}", ALONG);

        JsonObject nested = Objects.requireNonNull(object.along("a"));

        assertThat(nested.names()).containsExactly("x", "y");
        assertThat(nested.pointerTo("x")).isEqualTo("/a/x");
        assertThat(object.along("c")).isNull();
    }

    @Test
    void along_nameTwice_isLeftToAReadingOfItsOwn() {
        assertThat(read("{\"a\":{\"x\":1,\"x\":2}}", ALONG).along("a")).isNull();
        assertThat(read("{\"a\":1,\"a\":{\"x\":1}}", ALONG).along("a")).isNull();
    }

    /** Texts that are often broken, and often have a name twice. */
    @Test
    void along_anyText_isWhatAReadingOfItsOwnFinds() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int seen = 0;
        for (int i = 0; i < 50_000; i++) {
            String text = text(random);
            JsonObject plain = read(text, JsonLimits.GENEROUS);
            JsonObject object = read(text, ALONG);

            assertThat(object.fault()).as("seed %d: %s", seed, text).isEqualTo(plain.fault());
            assertThat(object.names()).as("seed %d: %s", seed, text).containsExactlyElementsOf(plain.names());
            for (String name : plain.names()) {
                assertThat(place(object.field(name))).isEqualTo(place(plain.field(name)));
                seen += isSame(object.along(name), plain, name, "seed " + seed + ": " + text) ? 1 : 0;
            }
        }
        assertThat(seen).isGreaterThan(1_000);
    }

    private static boolean isSame(@Nullable JsonObject along, JsonObject outer, String name, String what) {
        JsonValue value = outer.field(name);
        if (along == null || value == null) {
            return false;
        }
        JsonObject own = JsonObject.read(value.span(), JsonLimits.GENEROUS, outer.pointerTo(name));
        assertThat(own.fault()).as(what).isNull();
        assertThat(along.names()).as(what).containsExactlyElementsOf(own.names());
        own.names()
                .forEach(field -> assertThat(place(along.field(field))).as(what).isEqualTo(place(own.field(field))));
        assertThat(along.pointerTo("x")).isEqualTo(own.pointerTo("x"));
        return true;
    }

    private static List<Object> place(@Nullable JsonValue value) {
        return value == null
                ? List.of()
                : List.of(value.kind(), value.span().offset(), value.span().length(), value.text());
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder("{");
        for (int parts = random.nextInt(1, 12); parts > 0; parts--) {
            text.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return text.append(random.nextInt(4) == 0 ? "" : "}").toString();
    }

    private static JsonObject read(String text, JsonLimits limits) {
        return JsonObject.read(JsonSpan.of(text.getBytes(UTF_8)), limits, "");
    }
}
