package io.toolstream.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8Test {
    private static final int CASES = 200_000;

    /** The bytes at the edges of what is well-formed. */
    private static final int[] EDGES = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    @Test
    void firstMalformed_edgesOfEverySequence_isWhatTheJdkSays() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = new byte[random.nextInt(9)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = (byte) EDGES[random.nextInt(EDGES.length)];
            }
            int from = bytes.length == 0 ? 0 : random.nextInt(2);
            JsonSpan span = new JsonSpan(bytes, from, bytes.length - from);

            if (Utf8.firstMalformed(span) != jdkFirstMalformed(span)) {
                assertThat(Utf8.firstMalformed(span))
                        .as("seed %d, case %d", seed, i)
                        .isEqualTo(jdkFirstMalformed(span));
            }
        }
    }

    private static int jdkFirstMalformed(JsonSpan span) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in =
                ByteBuffer.wrap(span.array(), span.offset(), span.length()).slice();
        CoderResult result = decoder.decode(in, CharBuffer.allocate(16), true);
        return result.isError() ? in.position() : -1;
    }

    @Test
    void text_ofOtherBytes_isNull() {
        assertThat(Utf8.text(new byte[] {(byte) 0xFF})).isNull();
        assertThat(Utf8.text("é😀".getBytes(StandardCharsets.UTF_8))).isEqualTo("é😀");
    }
}
