package io.toolstream.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.cli.batch.Item.Wanted;
import io.toolstream.cli.batch.Item.Wrong;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Priority;
import io.toolstream.wire.WireLimits;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineReadingTest {
    private final LineReading reading = new LineReading(InstantSource.system());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"assistant\",\"content\":\"Hello\"}",
                "{\"role\":\"assistant\",\"content\":\"Hello\",\"tool_calls\":null}",
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[]}",
                "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}],\"tool_calls\":[]}",
                "{\"role\":\"assistant\",\"content\":[]}"
            })
    void read_messageOfAnAssistantThatCallsNothing_isNoCall(String line) {
        assertThat(read(line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"user\",\"content\":\"Hello\"}",
                "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":[]}",
                "{\"role\":7}",
                "{\"tool_calls\":[]}",
                "{\"role\":\"assistant\",\"tool_calls\":{}}"
            })
    void read_otherMessagesWithoutCalls_areWrong(String line) {
        assertThat(read(line)).singleElement().isInstanceOf(Wrong.class);
    }

    @Test
    void read_blocksBesideAnEmptyArrayOfCalls_areCalls() {
        assertThat(read("{\"role\":\"assistant\",\"tool_calls\":[],\"content\":[{\"type\":\"tool_use\",\"id\":\"t\","
                        + "\"name\":\"search\",\"input\":{}}]}"))
                .singleElement()
                .satisfies(item -> assertThat(item.toolCallId()).isEqualTo("t"));
    }

    @Test
    void read_parallelCalls_mayRepeatTheirIdsAcrossLines() {
        String turn = "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"call_0\",\"function\":{\"name\":\"a\","
                + "\"arguments\":{\"n\":1}}},{\"id\":\"call_0\",\"function\":{\"name\":\"b\",\"arguments\":\"{}\"}}]}";

        assertThat(read(turn)).extracting(Item::toolCallId).containsExactly("call_0", "call_0");
        assertThat(read(turn)).allMatch(Wanted.class::isInstance);
    }

    @Test
    void read_priorityOfALine_countsMoreThanTheCommands() {
        assertThat(wanted("{\"tool\":\"a\",\"priority\":\"interactive\"}").priority())
                .isEqualTo(Priority.INTERACTIVE);
        assertThat(wanted("{\"tool\":\"a\"}").priority()).isNull();
        assertThat(wanted("{\"type\":\"tool_use\",\"name\":\"a\",\"input\":{}}").priority())
                .isNull();
    }

    /** It would be refused by the producer, and every run that goes on would end at this line again. */
    @Test
    void read_argumentsThatNoWorkerTakes_areWrongByThemselves() {
        int most = WireLimits.DEFAULT.callBytes();
        String beyond = "{\"id\":\"c\",\"function\":{\"name\":\"a\",\"arguments\":\"" + " ".repeat(most) + "\"}}";
        String within = "{\"id\":\"c\",\"function\":{\"name\":\"a\",\"arguments\":\"" + " ".repeat(most - 2) + "\"}}";

        assertThat(read(beyond)).singleElement().isInstanceOfSatisfying(Wrong.class, wrong -> {
            assertThat(wrong.why()).startsWith("/function/arguments has " + (most + 2) + " bytes, at most " + most);
            assertThat(wrong.code()).isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(wrong.toolCallId()).isEqualTo("c");
        });
        assertThat(read(within)).singleElement().isInstanceOf(Wanted.class);
    }

    @Test
    void read_lineThatIsTooLong_isRefusedAsThat() {
        assertThat(reading.read(new CallLine(1, null)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Wrong.class, wrong -> assertThat(wrong.code()).isEqualTo(ErrorCode.TOO_LARGE));
    }

    private Wanted wanted(String line) {
        return (Wanted) read(line).get(0);
    }

    private List<Item> read(String line) {
        return reading.read(new CallLine(1, line.getBytes(StandardCharsets.UTF_8)));
    }
}
