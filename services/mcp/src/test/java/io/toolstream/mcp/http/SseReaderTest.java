package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SseReaderTest {
    private final List<String> seen = new ArrayList<>();

    private boolean see(byte[] data) {
        seen.add(new String(data, StandardCharsets.UTF_8));
        return true;
    }

    private List<String> read(byte[] stream, int... cuts) {
        seen.clear();
        SseReader reader = new SseReader(100);
        int from = 0;
        for (int cut : cuts) {
            feed(reader, Arrays.copyOfRange(stream, from, cut));
            from = cut;
        }
        feed(reader, Arrays.copyOfRange(stream, from, stream.length));
        reader.end(this::see);
        return List.copyOf(seen);
    }

    private void feed(SseReader reader, byte[] part) {
        ByteBuf bytes = Unpooled.wrappedBuffer(part);
        assertThat(reader.feed(bytes, this::see)).isEqualTo(SseReader.State.MORE);
        bytes.release();
    }

    private List<String> read(String stream) {
        return read(stream.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void events_followTheStandard() {
        assertThat(read("data: one\n\ndata:two\r\n\r\ndata:  three\r\r")).containsExactly("one", "two", " three");
        assertThat(read("data: a\ndata: b\ndata\n\n")).containsExactly("a\nb\n");
        assertThat(read(": comment\nevent: message\nid: 5\nretry: -1\nunknown: x\ndata: x\n\n"))
                .containsExactly("x");
        assertThat(read("event: other\ndata: x\n\nevent:\ndata: y\n\n")).containsExactly("y");
        assertThat(read("id: 1\ndata:\n\ndata: z\n\n")).containsExactly("z");
        assertThat(read("\uFEFFdata: bom\n\n")).containsExactly("bom");
        assertThat(read("Data: x\ndata : x\n\n")).isEmpty();
        assertThat(read("\n\n\r\n\r\n")).isEmpty();
    }

    @Test
    void event_leftOpenByAStreamThatEnded_counts() {
        assertThat(read("data: one\n\ndata: last")).containsExactly("one", "last");
        assertThat(read("data: last\n")).containsExactly("last");
        assertThat(read(": bye")).isEmpty();
    }

    @Test
    void events_cutAnywhere_areTheSame() {
        byte[] stream = ("\uFEFF: hello\r\nevent: message\r\ndata: {\"a\":1}\r\n\r\n:\rdata: é\rdata: 😀\r\r"
                        + "event: x\ndata: no\n\nid: 7\ndata:\n\ndata: last\n\n")
                .getBytes(StandardCharsets.UTF_8);
        List<String> whole = List.of("{\"a\":1}", "é\n😀", "last");

        assertThat(read(stream)).isEqualTo(whole);
        for (int cut = 0; cut <= stream.length; cut++) {
            assertThat(read(stream, cut)).as("cut at %d", cut).isEqualTo(whole);
            for (int second = cut; second <= stream.length; second++) {
                assertThat(read(stream, cut, second))
                        .as("cut at %d and %d", cut, second)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void comments_takeNoRoom() {
        SseReader reader = new SseReader(10);
        feed(reader, ":".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 1000; i++) {
            feed(reader, "x".repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
        feed(reader, "\ndata: x\n\n".getBytes(StandardCharsets.UTF_8));

        assertThat(seen).containsExactly("x");
    }

    @Test
    void linesAndEvents_overTheLimit_areRefused() {
        assertThat(state("x".repeat(101))).isEqualTo(SseReader.State.TOO_LONG);
        assertThat(state("data: " + "x".repeat(95) + "\n\n")).isEqualTo(SseReader.State.TOO_LONG);
        assertThat(state(("data: " + "x".repeat(50) + "\n").repeat(3))).isEqualTo(SseReader.State.TOO_LONG);
        assertThat(state("data: " + "x".repeat(90) + "\n\n")).isEqualTo(SseReader.State.MORE);
    }

    private SseReader.State state(String stream) {
        return new SseReader(100).feed(Unpooled.copiedBuffer(stream, StandardCharsets.UTF_8), this::see);
    }

    @Test
    void feed_ofNoise_neverThrows() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] alphabet = "data:event\r\n \u0000message".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 2000; i++) {
            SseReader reader = new SseReader(40);
            for (int part = 0; part < 5; part++) {
                byte[] bytes = new byte[random.nextInt(30)];
                for (int j = 0; j < bytes.length; j++) {
                    bytes[j] = alphabet[random.nextInt(alphabet.length)];
                }
                reader.feed(Unpooled.wrappedBuffer(bytes), this::see);
            }
            reader.end(this::see);
        }
        assertThat(seen).as("seed %d", seed).allMatch(event -> event.length() <= 40);
    }
}
