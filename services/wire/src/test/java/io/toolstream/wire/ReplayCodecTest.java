package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.received;
import static io.toolstream.wire.CallRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.ReplayEntry.Author;
import io.toolstream.wire.ReplayEntry.Selection;
import io.toolstream.wire.ReplayEntry.Terms;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCodecTest {
    private static final ReplayCodec CODEC = new ReplayCodec();
    private static final Author AUTHOR = new Author("me@host", 1_800_000_000_000L, "a \"note\"");

    static List<ReplayEntry> entries() {
        RecordPosition end = new RecordPosition("toolstream.dead-letters", 3, 42);
        return List.of(
                new ReplayEntry.Planned(
                        "replay-1",
                        AUTHOR,
                        new Selection("fs", "read", "timed-out", "acme", 1L, 2L, "abc", List.of("d-0@1", "d-1@2")),
                        new Terms(50, 60_000, 3, true, true, RawJson.ofText("{\"a\":1.0}")),
                        List.of(end),
                        List.of(new RecordPosition("toolstream.calls", 0, 0), new RecordPosition("t.calls", 1, 7)),
                        true),
                new ReplayEntry.Planned(
                        "replay-2",
                        new Author("me", 0, null),
                        new Selection(null, null, null, null, null, null, null, List.of()),
                        new Terms(1, 1, 0, false, false, null),
                        List.of(),
                        List.of(),
                        false),
                new ReplayEntry.Sent("replay-1", "d-0@1", 2, "id", end, AUTHOR),
                new ReplayEntry.Resolved("d-0@1", AUTHOR),
                new ReplayEntry.Ended("replay-1", AUTHOR, 7, "the trial failed"),
                new ReplayEntry.Ended("replay-1", AUTHOR, 7, null));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void entries_areReadBack(ReplayEntry entry) {
        assertThat(CODEC.decode(received(CODEC.encode(entry)))).isEqualTo(new Decoded.WellFormed<>(entry));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"type\":\"sent\"}", "{\"type\":\"moon\",\"by\":\"x\",\"at\":1}"})
    void malformed_isAValue(String value) {
        assertThat(CODEC.decode(record(value))).isInstanceOf(Decoded.Malformed.class);
    }
}
