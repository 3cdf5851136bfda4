package io.toolstream.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.client.Catalogue;
import io.toolstream.wire.CatalogueEntry.OfTool;
import io.toolstream.wire.Priority;
import io.toolstream.wire.RawJson;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SlotsTest {
    private static final String CALL = "{\"tool\":\"read\"}\n";
    private static final String TURN =
            "{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"a\"}},{\"function\":{\"name\":\"b\"}}]}\n";

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void hasNext_overManyWrongLines_keepsABoundedNumberAndGoesOnAsTheyAreTaken() {
        Slots slots = slots("x\n".repeat(120_000) + CALL, null);
        int taken = 0;
        while (!slots.hasNext()) {
            int held = 0;
            while (slots.peek() != null) {
                assertThat(slots.take().wrong()).isNotNull();
                held++;
            }
            assertThat(held).isLessThanOrEqualTo(50_000);
            taken += held;
        }

        assertThat(slots.next()).hasToString("ToolCall[read]");
        while (slots.peek() != null && slots.peek().wrong() != null) {
            slots.take();
            taken++;
        }
        assertThat(taken).isEqualTo(120_000);
        assertThat(slots.take()).isEqualTo(new Slot(120_000, 120_001, "b-120000", null, null));
    }

    @Test
    void skip_countsCallsNotLines_alsoIntoTheMiddleOfAMessage() {
        Slots slots = slots(CALL + "\n" + TURN + "wrong\n" + CALL, null);

        assertThat(slots.skip(2)).isTrue();

        assertThat(slots.next()).hasToString("ToolCall[b]");
        assertThat(slots.take()).isEqualTo(new Slot(2, 3, "b-2", null, null));
        assertThat(slots.hasNext()).isTrue();
        assertThat(slots.take().index()).isEqualTo(3);
        assertThat(slots.skip(100)).isFalse();
    }

    /** A turn of a model that only speaks has no call, and so no result. */
    @Test
    void hasNext_overMessagesWithoutCalls_passesThemOver() {
        Slots slots = slots("{\"role\":\"assistant\",\"content\":\"Hello\",\"tool_calls\":null}\n" + CALL, null);

        assertThat(slots.next()).hasToString("ToolCall[read]");
        assertThat(slots.take()).isEqualTo(new Slot(0, 2, "b-0", null, null));
        assertThat(slots.hasNext()).isFalse();
    }

    @Test
    void server_isThatOfTheCommandUnlessTheNameTellsIt() {
        Slots slots =
                slots("{\"tool\":\"read\"}\n{\"tool\":\"web__fetch\"}\n{\"server\":\"db\",\"tool\":\"read\"}\n", "fs");

        assertThat(List.of(slots.next(), slots.next(), slots.next()))
                .hasToString("[ToolCall[fs read], ToolCall[web__fetch], ToolCall[db read]]");
        assertThat(asked).hasValue(1);
    }

    @Test
    void catalogue_isNotAskedForWithoutAServer() {
        assertThat(slots(CALL, null).next()).hasToString("ToolCall[read]");
        assertThat(asked).hasValue(0);
    }

    private static BatchRequest.Wishes wishes(@Nullable String server) {
        return new BatchRequest.Wishes(500, Duration.ofMinutes(5), Priority.BATCH, server);
    }

    private Slots slots(String input, @Nullable String server) {
        CallLines lines = new CallLines(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), "test");
        Catalogue catalogue = new Catalogue(List.of(), List.of(new OfTool("web", "fetch", RawJson.EMPTY_OBJECT, "d")));
        return new Slots(lines, new LineReading(InstantSource.system()), new CallMaker("b", wishes(server), () -> {
            asked.incrementAndGet();
            return catalogue;
        }));
    }
}
