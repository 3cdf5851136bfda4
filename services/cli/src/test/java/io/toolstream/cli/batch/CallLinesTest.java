package io.toolstream.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CallLinesTest {
    @Test
    void next_givesLinesAndTheLastWithoutABreak() {
        assertThat(read(stream("a\n\nb\r\nc"))).containsExactly("1:a", "2:", "3:b\r", "4:c");
        assertThat(read(stream(""))).isEmpty();
        assertThat(read(stream("\n"))).containsExactly("1:");
    }

    @Test
    void next_passesOverALineThatIsTooLong() {
        byte[] huge = new byte[CallLines.MAX_LINE_BYTES + 1];
        Arrays.fill(huge, (byte) 'x');
        InputStream in = new SequenceInputStream(
                Collections.enumeration(List.of(stream("a\n"), new ByteArrayInputStream(huge), stream("\nb\n"))));

        assertThat(read(in)).containsExactly("1:a", "2:too long", "3:b");
    }

    @Test
    void next_ofRandomText_givesWhatWasWritten() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            lines.add("y".repeat(random.nextInt(random.nextInt(10) == 0 ? 200_000 : 50)));
        }

        List<String> seen = read(stream(String.join("\n", lines) + "\n"));

        assertThat(seen.stream()
                        .map(line -> line.substring(line.indexOf(':') + 1))
                        .collect(Collectors.toList()))
                .as("seed %s", seed)
                .isEqualTo(lines);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> read(InputStream in) {
        List<String> seen = new ArrayList<>();
        try (CallLines lines = new CallLines(in, "test")) {
            for (CallLine line = lines.next(); line != null; line = lines.next()) {
                byte[] bytes = line.bytes();
                seen.add(
                        line.number() + ":" + (bytes == null ? "too long" : new String(bytes, StandardCharsets.UTF_8)));
            }
        }
        return seen;
    }
}
