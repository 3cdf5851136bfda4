package io.toolstream.worker.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.Event;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.EventsRecord;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Priority;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.FakePublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class EventJournalTest {
    private final FakePublisher publisher = new FakePublisher();
    private final EventJournal journal = new EventJournal(publisher, "events", 3);

    @Test
    void append_atRest_writesAtOnce() {
        assertThat(journal.append(event(1))).isCompleted();
        assertThat(offsets()).containsExactly(List.of(1L));
    }

    @Test
    void append_whileARecordIsUnderWay_gathers() {
        publisher.hold("events");
        List<CompletableFuture<Void>> written = new ArrayList<>();
        for (long i = 0; i < 200; i++) {
            written.add(journal.append(event(i)));
        }
        assertThat(publisher.sent()).hasSize(1);
        assertThat(written).noneMatch(CompletableFuture::isDone);

        publisher.release();

        assertThat(written).allMatch(CompletableFuture::isDone);
        assertThat(offsets()).extracting(List::size).containsExactly(1, 199);
    }

    @Test
    void append_whileManyCome_writesFullRecordsSideBySideUpToALimit() {
        publisher.hold("events");
        List<CompletableFuture<Void>> written = new ArrayList<>();
        for (long i = 0; i < 1_201; i++) {
            written.add(journal.append(event(i)));
        }
        assertThat(publisher.sent()).hasSize(5);

        publisher.release();

        assertThat(written).allMatch(CompletableFuture::isDone);
        assertThat(offsets()).extracting(List::size).containsExactly(1, 200, 200, 200, 200, 200, 200);
    }

    @Test
    void append_afterARecordWasRefused_goesOn() {
        publisher.refuse("events", Kind.FATAL);

        assertThat(journal.append(event(1))).isCompletedExceptionally();
        assertThat(journal.append(event(2))).isCompleted();
        assertThat(offsets()).containsExactly(List.of(2L));
    }

    @Test
    void append_fromManyThreads_writesEachOnce() {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            AtomicLong next = new AtomicLong();
            CompletableFuture<?>[] done = new CompletableFuture<?>[4_000];
            for (int i = 0; i < done.length; i++) {
                done[i] = CompletableFuture.completedFuture(null)
                        .thenComposeAsync(ignored -> journal.append(event(next.getAndIncrement())), threads);
            }
            CompletableFuture.allOf(done).join();

            assertThat(offsets().stream().flatMap(List::stream)).hasSize(4_000).doesNotHaveDuplicates();
        } finally {
            threads.shutdown();
        }
    }

    private List<List<Long>> offsets() {
        return publisher.sentTo("events").stream()
                .map(sent -> new InboundRecord(
                        new RecordPosition("events", 0, 0),
                        0,
                        sent.record().key(),
                        sent.record().value(),
                        sent.record().headers()))
                .map(record -> ((Decoded.WellFormed<EventsRecord>) new EventCodec().decode(record)).value())
                .map(record -> record.events().stream()
                        .map(event -> event.origin().position().offset())
                        .toList())
                .toList();
    }

    private static Event event(long offset) {
        return new Event(
                new Event.Origin(new RecordPosition("toolstream.calls", 0, offset), null),
                new Event.Subject("id", "fs", "read", null, Priority.INTERACTIVE),
                new Event.Ending(Status.OK, null, 1, "none", true, false),
                new Event.Times(1, 2, 3, 0),
                "worker",
                1L);
    }
}
