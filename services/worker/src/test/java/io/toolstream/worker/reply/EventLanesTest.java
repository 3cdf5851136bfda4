package io.toolstream.worker.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.Event;
import io.toolstream.wire.Priority;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.FakePublisher;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class EventLanesTest {
    private final FakePublisher publisher = new FakePublisher();

    @Test
    void append_ofOnePartitionOfCalls_goesToOnePartition() {
        EventLanes lanes = new EventLanes(publisher, "events", () -> CompletableFuture.completedFuture(6));

        for (int partition = 0; partition < 24; partition++) {
            assertThat(lanes.append(event(partition))).isCompleted();
            assertThat(lanes.append(event(partition))).isCompleted();
        }

        assertThat(publisher.sentTo("events"))
                .hasSize(48)
                .allSatisfy(sent -> assertThat(sent.partition()).isBetween(0, 5));
        for (int partition = 0; partition < 24; partition++) {
            assertThat(publisher.sentTo("events").get(2 * partition).partition())
                    .isEqualTo(partition % 6)
                    .isEqualTo(publisher.sentTo("events").get(2 * partition + 1).partition());
        }
    }

    @Test
    void append_beforeTheTopicIsKnown_waits() {
        CompletableFuture<Integer> count = new CompletableFuture<>();
        EventLanes lanes = new EventLanes(publisher, "events", () -> count);

        CompletableFuture<Void> written = lanes.append(event(3));
        assertThat(written).isNotDone();
        count.complete(2);

        assertThat(written).isCompleted();
        assertThat(publisher.sentTo("events").get(0).partition()).isEqualTo(1);
    }

    private static Event event(int partition) {
        return new Event(
                new Event.Origin(new RecordPosition("toolstream.calls", partition, 1), null),
                new Event.Subject("id", "fs", "read", null, Priority.INTERACTIVE),
                new Event.Ending(Status.OK, null, 1, "none", true, false),
                new Event.Times(1, 2, 3, 0),
                "worker",
                1L);
    }
}
