package io.toolstream.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineSplitterTest implements LineSplitter.Lines {
    private final List<String> seen = new ArrayList<>();

    @Override
    public void line(byte[] line) {
        seen.add(new String(line, StandardCharsets.UTF_8));
    }

    @Override
    public void tooLong(byte[] head, byte[] tail) {
        seen.add(
                "<" + new String(head, StandardCharsets.UTF_8) + ".." + new String(tail, StandardCharsets.UTF_8) + ">");
    }

    @Test
    void lines_cutAnywhere_areTheSame() {
        byte[] stream =
                "one\r\n\ntwo é\n{\"id\":1,xxxxxxxxxxxxxxxxxxxxxxxxxx\"z\":9}\nlast\n".getBytes(StandardCharsets.UTF_8);
        List<String> whole = List.of("one", "", "two é", "<..{\"id\":1,xxxxxxxxxxxxxxxxxxxxxxxxxx\"z\":9}>", "last");
        for (int cut = 0; cut <= stream.length; cut++) {
            seen.clear();
            LineSplitter splitter = new LineSplitter(20, this);
            splitter.feed(stream, cut);
            byte[] rest = Arrays.copyOfRange(stream, cut, stream.length);
            splitter.feed(rest, rest.length);
            assertThat(seen.stream()
                            .map(line -> line.replaceFirst("^<.*?\\.\\.", "<.."))
                            .toList())
                    .as("cut at %d", cut)
                    .isEqualTo(whole);
        }
    }

    @Test
    void oversizedLine_keepsItsEdgesOnly() {
        LineSplitter splitter = new LineSplitter(1000, this);
        byte[] part = "x".repeat(900).getBytes(StandardCharsets.UTF_8);
        byte[] end = "\"id\":7}\nnext\n".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1000; i++) {
            splitter.feed(part, part.length);
        }
        assertThat(splitter.skipped()).isEqualTo(900 * 999);

        splitter.feed(end, end.length);

        assertThat(splitter.skipped()).isZero();
        assertThat(seen.get(0)).startsWith("<x").endsWith("\"id\":7}>").hasSizeLessThan(600);
        assertThat(seen.get(1)).isEqualTo("next");
    }

    @Test
    void oversizedLine_tellsItsIdFromEitherEdge() {
        assertThat(id("{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{", "xxx\"}}")).isEqualTo("5");
        assertThat(id(" { \"id\" : 5 , \"result\":{", "x")).isEqualTo("5");
        assertThat(id("{\"result\":{", "x\"}},\"jsonrpc\":\"2.0\",\"id\":12}")).isEqualTo("12");
        assertThat(id("{\"result\":{", "x\"}},\"id\":12,\"jsonrpc\":\"2.0\"} ")).isEqualTo("12");
        assertThat(id("{\"result\":{", "\"id\":12}}")).isEqualTo("none");
        assertThat(id("{\"result\":{\"id\":3,", "x}}")).isEqualTo("none");
        assertThat(id("{\"jsonrpc\":\"2.0\",\"id\":\"5\",", "x}")).isEqualTo("none");
    }

    private static String id(String head, String tail) {
        var id = OversizedLine.id(head.getBytes(StandardCharsets.UTF_8), tail.getBytes(StandardCharsets.UTF_8));
        return id.isPresent() ? String.valueOf(id.getAsLong()) : "none";
    }
}
