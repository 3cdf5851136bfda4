package io.toolstream.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopScreenTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({"30, 50, 30", "30, 15, 11", "30, 5, 1", "30, 1, 1", "8, 15, 8"})
    void rows_onATerminal_leaveRoomForWhatStandsAroundThem(int wanted, int height, int rows) {
        assertThat(screen(true, OptionalInt.of(height)).rows(wanted)).isEqualTo(rows);
    }

    @Test
    void rows_whereNobodyTellsTheHeight_areThoseWanted() {
        assertThat(screen(true, OptionalInt.empty()).rows(30)).isEqualTo(30);
        assertThat(screen(false, OptionalInt.of(5)).rows(30)).isEqualTo(30);
    }

    @Test
    void draw_onATerminal_cutsWideLinesAndLeavesTheTerminalAsItWas() {
        screen(true, OptionalInt.of(24)).draw(List.of("one", "two"));

        assertThat(printed())
                .startsWith("\u001b[2J\u001b[?7l\u001b[H")
                .contains("one\u001b[K\ntwo\u001b[K\n")
                .endsWith("\u001b[?7h");
    }

    @Test
    void draw_again_drawsOverWhatItDrewBefore() {
        TopScreen screen = screen(true, OptionalInt.of(24));
        screen.draw(List.of("a"));
        out.reset();

        screen.draw(List.of("b"));

        assertThat(printed()).isEqualTo("\u001b[?7l\u001b[Hb\u001b[K\n\u001b[J\u001b[?7h");
    }

    @Test
    void draw_elsewhere_printsLinesAlone() {
        TopScreen screen = screen(false, OptionalInt.empty());

        screen.draw(List.of("one"));
        screen.draw(List.of("two"));

        assertThat(printed()).isEqualTo("one\n\ntwo\n");
    }

    private TopScreen screen(boolean isTerminal, OptionalInt height) {
        return new TopScreen(new PrintStream(out, true, StandardCharsets.UTF_8), isTerminal, () -> height);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
