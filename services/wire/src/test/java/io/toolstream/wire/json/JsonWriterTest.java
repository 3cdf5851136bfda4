package io.toolstream.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonWriterTest {
    @Test
    void write_nestedValues_separatesThem() {
        byte[] raw = "xx{ \"n\" : 1.0 }yy".getBytes(StandardCharsets.UTF_8);
        JsonWriter out = new JsonWriter(0);
        out.beginObject()
                .name("a")
                .number(-7)
                .name("b")
                .beginArray()
                .bool(true)
                .string("x")
                .beginObject()
                .endObject()
                .endArray()
                .name("c")
                .raw(raw, 2, 13)
                .name("d")
                .beginArray()
                .endArray()
                .endObject();

        assertThat(text(out)).isEqualTo("{\"a\":-7,\"b\":[true,\"x\",{}],\"c\":{ \"n\" : 1.0 },\"d\":[]}");
    }

    @Test
    void number_ofAnySize_isWrittenAsJavaDoes() {
        long seed = System.nanoTime();
        LongStream.concat(
                        LongStream.of(0, 9, 10, -1, -10, Long.MAX_VALUE, Long.MIN_VALUE),
                        new SplittableRandom(seed).longs(20_000).map(number -> number >> (number & 63)))
                .forEach(number -> assertThat(text(new JsonWriter(0).number(number)))
                        .as("seed %d", seed)
                        .isEqualTo(Long.toString(number)));
    }

    @Test
    void string_anyText_isReadBackTheSame() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        JsonMapper reader = new JsonMapper();
        for (int i = 0; i < 20_000; i++) {
            String original = text(random);
            JsonWriter out = new JsonWriter(0).string(original);

            assertThat(reader.readValue(out.toByteArray(), String.class))
                    .as("seed %d", seed)
                    .isEqualTo(original);
        }
    }

    private static String text(SplittableRandom random) {
        int[] limits = {0x20, 0x80, 0x800, 0xD800, 0x110000};
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(80); length > 0; length--) {
            int point = random.nextInt(limits[random.nextInt(limits.length)]);
            text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? '"' : point);
        }
        return text.toString();
    }

    @Test
    void string_halfAPair_becomesTheReplacementCharacter() {
        assertThat(text(new JsonWriter(0).string("a\ud83d"))).isEqualTo("\"a\ufffd\"");
        assertThat(text(new JsonWriter(0).string("\ude00b\ud83dc"))).isEqualTo("\"\ufffdb\ufffdc\"");
    }

    private static String text(JsonWriter out) {
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
}
