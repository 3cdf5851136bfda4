package io.toolstream.worker.parking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.settings.ParkingSettings;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Header;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.parking.MemoryParkedTopic.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records of the parked topic that a worker cannot read: of a newer version, or of nobody of ours. None of them is lost. */
final class UnreadableTest {
    private static final int PARTITION = 3;
    private static final String CALL = "{\"server\":\"fs\",\"tool\":\"read\",\"priority\":\"batch\"}";

    private final ManualClock clock = new ManualClock();
    private final MemoryParkedTopic topic = new MemoryParkedTopic(clock::millis);

    private final class Worker {
        private final View view = topic.view();
        private final ParkingLot lot = view.lot(ParkingSettings.DEFAULT, server -> true, clock);

        Worker owning() {
            lot.assigned(Set.of(PARTITION));
            return this;
        }

        void turn() {
            view.read(Integer.MAX_VALUE);
            lot.tick();
            view.read(Integer.MAX_VALUE);
        }
    }

    @Test
    void tick_callOfANewerVersion_isLeftToThoseWhoKnowItUntilItsDeadline() {
        Worker worker = new Worker().owning();
        write(CALL, newer("c1", Duration.ofSeconds(1), Duration.ofSeconds(60)));

        clock.advance(Duration.ofSeconds(59));
        worker.turn();
        assertThat(topic.calls()).isEmpty();
        assertThat(worker.lot.waiting()).isOne();
        assertThat(worker.lot.waitingByServer()).containsEntry("fs", 1L);

        clock.advance(Duration.ofSeconds(1));
        worker.turn();
        worker.turn();

        assertThat(ids()).containsExactly("c1");
        assertThat(topic.calls().get(0).headers().last(HeaderNames.UNREAD))
                .as("its deadline is known, and tells enough")
                .isEmpty();
        assertThat(worker.lot.waiting()).isZero();
    }

    /** While workers of one version replace those of another, a partition may be either's, one after the other. */
    @Test
    void tick_callOfANewerVersionThatOneOfThoseBroughtBack_doesNotComeBackTwice() {
        Worker older = new Worker().owning();
        InboundRecord call = write(CALL, newer("c1", Duration.ofSeconds(1), Duration.ofSeconds(60)));
        older.turn();
        write(null, "{\"version\":2,\"type\":\"opened\",\"worker\":\"newer\"}");
        write(
                null,
                "{\"version\":2,\"type\":\"returned\",\"offset\":"
                        + call.position().offset() + "}");
        Worker successor = new Worker().owning();

        clock.advance(Duration.ofMinutes(2));
        older.turn();
        successor.turn();

        assertThat(topic.calls()).isEmpty();
        assertThat(successor.lot.waiting()).isZero();
    }

    @Test
    void tick_callOfANewerVersionThatCannotBeReadAtAll_comesBackToBeAnsweredAtTheDeadlineOfItsHeader() {
        Worker worker = new Worker().owning();
        long deadline = clock.millis() + 60_000;
        write(
                CALL,
                "{\"version\":2,\"until\":\"noon\"}",
                Records.header(HeaderNames.DEADLINE, Long.toString(deadline)));

        clock.advance(Duration.ofSeconds(59));
        worker.turn();
        assertThat(topic.calls()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        worker.turn();

        assertThat(topic.calls()).hasSize(1);
        assertThat(topic.calls().get(0).headers().lastText(HeaderNames.UNREAD)).hasValue("newer");
    }

    @Test
    void tick_callWhoseEntryCannotBeRead_comesBackOnceToBeAnswered() {
        Worker first = new Worker().owning();
        write(CALL, "{\"type\":", Records.header("correlation-id", "mine"));

        first.turn();
        first.turn();
        new Worker().owning().turn();

        assertThat(topic.calls()).hasSize(1);
        OutboundRecord back = topic.calls().get(0);
        assertThat(back.value()).isEqualTo(CALL.getBytes(UTF_8));
        assertThat(back.headers().lastText(HeaderNames.UNREAD)).hasValue("malformed-json");
        assertThat(back.headers().lastText("correlation-id")).hasValue("mine");
        assertThat(back.headers().lastText(HeaderNames.MOVED)).hasValue("parked-3-1");
    }

    @Test
    void tick_withoutOwningThePartition_answersNothing() {
        Worker zombie = new Worker().owning();
        zombie.turn();
        Worker owner = new Worker().owning();
        write(CALL, "{\"type\":");

        zombie.turn();
        assertThat(topic.calls()).isEmpty();

        owner.turn();
        assertThat(topic.calls()).hasSize(1);
    }

    @Test
    void read_recordWithoutAValue_isNoCallAndIsCounted() {
        Worker worker = new Worker().owning();
        write(null, "{\"type\":\"waiting\"}");
        write(null, "");

        worker.turn();

        assertThat(topic.calls()).isEmpty();
        assertThat(worker.lot.waiting()).isZero();
        assertThat(worker.lot.unreadable()).isEqualTo(2);
    }

    /** The calls topic may refuse what nobody of ours has written; it is kept by its place then, as too large dead letters are. */
    @Test
    void tick_unreadableThatTheCallsTopicDoesNotTake_comesBackWithoutItsContent() {
        Worker worker = new Worker().owning();
        worker.view.takesUpTo(10);
        write(CALL, "{\"type\":");

        worker.turn();
        worker.turn();

        assertThat(topic.calls()).hasSize(1);
        assertThat(topic.calls().get(0).value()).isNull();
        assertThat(ids()).containsExactly("parked-3-1");
        assertThat(worker.lot.waiting()).isZero();
    }

    @Test
    void tick_moreUnreadableThanMayReturn_followAsTheFirstAreSettled() {
        Worker worker = new Worker().owning();
        int most = 2 * ParkingSettings.DEFAULT.returning();
        for (int i = 0; i < most + 5; i++) {
            write(CALL, "garbage");
        }
        worker.turn();
        assertThat(topic.calls()).hasSize(most);

        worker.lot.settled(inbound(topic.calls().get(0)), 1);
        worker.turn();

        assertThat(topic.calls()).hasSize(most + 1);
    }

    @Test
    void read_floodOfWhatIsNotOurs_isBoundedAndKeepsNobodyFromComingBack() {
        Worker worker = new Worker().owning();
        for (int i = 0; i < 12_000; i++) {
            write("x", "garbage");
        }
        park(worker.lot);
        worker.view.read(Integer.MAX_VALUE);

        assertThat(worker.lot.unreadable()).isEqualTo(12_000);
        assertThat(worker.lot.waiting()).isEqualTo(10_000 + 1);

        clock.advance(Duration.ofSeconds(1));
        int settled = 0;
        for (int turn = 0; turn < 200 && worker.lot.returned() <= 10_000; turn++) {
            worker.turn();
            List<OutboundRecord> back = topic.calls();
            back.subList(settled, back.size()).forEach(call -> worker.lot.settled(inbound(call), 1));
            settled = back.size();
        }
        assertThat(ids()).contains("ours");
    }

    /** Workers are killed between any two writes; the topic holds calls, garbage and calls of a newer version. */
    @Test
    void bringBack_killedAnywhere_everyCallComesBack() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            killedAnywhere(random, "seed " + seed + ", round " + round);
        }
    }

    private void killedAnywhere(SplittableRandom random, String title) {
        MemoryParkedTopic fresh = new MemoryParkedTopic(clock::millis);
        int calls = 1 + random.nextInt(10);
        for (int i = 0; i < calls; i++) {
            String entry = random.nextBoolean()
                    ? newer("n" + i, Duration.ofSeconds(1), Duration.ofMillis(1 + random.nextInt(3_000)))
                    : "garbage";
            write(fresh, CALL, entry);
        }
        int kills = random.nextInt(4);
        for (int life = 0; life <= kills; life++) {
            View view = fresh.view();
            ParkingLot lot = view.lot(ParkingSettings.DEFAULT, server -> true, clock);
            view.cutOffAfter(life == kills ? Integer.MAX_VALUE : random.nextInt(2 * calls + 2));
            lot.assigned(Set.of(PARTITION));
            for (int turn = 0; turn < 20; turn++) {
                clock.advance(Duration.ofMillis(random.nextInt(400)));
                view.read(1 + random.nextInt(10));
                lot.tick();
            }
            clock.advance(life == kills ? Duration.ofSeconds(10) : Duration.ZERO);
            view.read(Integer.MAX_VALUE);
            lot.tick();
        }
        Set<String> back = ids(fresh).stream().collect(Collectors.toSet());
        assertThat(back).as(title).hasSize(calls);
        assertThat(ids(fresh)).as(title).hasSizeLessThanOrEqualTo(calls + kills);
    }

    private void park(ParkingLot lot) {
        String value = "{\"id\":\"ours\",\"server\":\"fs\",\"tool\":\"read\",\"priority\":\"batch\"}";
        InboundRecord record = Records.of(value);
        Failure failure = Failure.beforeDispatch(ErrorCode.BREAKER_OPEN, "open").retryAfter(Duration.ofSeconds(1));
        assertThat(lot.mayWait(Records.call(value), ToolFixtures.tool("fs", "read", Effect.READ), record, failure)
                        .flatMap(stay -> lot.park(record, "ours", stay)))
                .isPresent();
    }

    private String newer(String id, Duration due, Duration deadline) {
        long now = clock.millis();
        return "{\"version\":2,\"type\":\"waiting\",\"id\":\"" + id + "\",\"server\":\"fs\",\"tool\":\"read\",\"due\":"
                + (now + due.toMillis()) + ",\"deadline\":" + (now + deadline.toMillis())
                + ",\"code\":\"breaker-open\",\"times\":1,\"sent\":" + now + "}";
    }

    private InboundRecord write(@Nullable String value, String entry, Header... headers) {
        return write(topic, value, entry, headers);
    }

    private InboundRecord write(MemoryParkedTopic to, @Nullable String value, String entry, Header... before) {
        List<InboundRecord> records = to.records(PARTITION);
        List<Header> headers = new ArrayList<>(List.of(before));
        headers.add(Records.header("toolstream-parked-entry", entry));
        InboundRecord record = new InboundRecord(
                new RecordPosition("parked", PARTITION, records.size()),
                clock.millis(),
                null,
                value == null ? null : value.getBytes(UTF_8),
                new Headers(headers));
        records.add(record);
        return record;
    }

    private List<String> ids() {
        return ids(topic);
    }

    private static List<String> ids(MemoryParkedTopic topic) {
        return topic.calls().stream()
                .map(call -> call.headers().lastText(HeaderNames.MOVED).orElseThrow())
                .toList();
    }

    private InboundRecord inbound(OutboundRecord record) {
        return new InboundRecord(
                new RecordPosition("toolstream.calls", PARTITION, 99),
                clock.millis(),
                record.key(),
                record.value(),
                record.headers());
    }
}
