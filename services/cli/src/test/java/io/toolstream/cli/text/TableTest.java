package io.toolstream.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void lines_alignColumnsAndLeaveNoTrailingBlanks() {
        Table table = new Table("A", "LONGER", "C").row("wide cell", "x", "").row("b", "y", "c\nd");

        assertThat(table.lines(Style.of(false)))
                .containsExactly("A          LONGER  C", "wide cell  x", "b          y       c d");
    }

    @Test
    void lines_withColours_setsTheHeadingsOff() {
        assertThat(new Table("A").lines(Style.of(true))).containsExactly("\u001b[1mA\u001b[0m");
    }

    @Test
    void row_ofAnotherLength_isRefused() {
        assertThatThrownBy(() -> new Table("A").row("1", "2")).hasMessageContaining("2 cells under 1");
    }
}
