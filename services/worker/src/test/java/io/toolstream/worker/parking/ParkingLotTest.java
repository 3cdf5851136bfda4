package io.toolstream.worker.parking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.settings.ParkingSettings;
import io.toolstream.wire.Call;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Header;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.WireLimits;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Tool;
import io.toolstream.worker.parking.MemoryParkedTopic.View;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ParkingLotTest {
    /** Of the records that {@link Records} makes. */
    private static final int PARTITION = 3;

    private static final Tool TOOL = ToolFixtures.tool("fs", "read", Effect.READ);

    private final ManualClock clock = new ManualClock();
    private final MemoryParkedTopic topic = new MemoryParkedTopic(clock::millis);
    private final Set<String> closed = new HashSet<>();

    private final class Worker {
        private final View view = topic.view();
        private final ParkingLot lot = view.lot(ParkingSettings.DEFAULT, server -> !closed.contains(server), clock);

        Worker owning() {
            lot.assigned(Set.of(PARTITION));
            return this;
        }

        boolean park(String id, Duration wait, Header... headers) {
            String value = "{\"id\":\"" + id + "\",\"server\":\"fs\",\"tool\":\"read\",\"priority\":\"batch\"}";
            Failure failure =
                    Failure.beforeDispatch(ErrorCode.BREAKER_OPEN, "open").retryAfter(wait);
            InboundRecord record = Records.of(value, headers);
            Call call = Records.call(value, headers);
            return lot.mayWait(call, TOOL, record, failure)
                    .flatMap(due -> lot.park(record, call.id(), due))
                    .isPresent();
        }

        void turn() {
            view.read(Integer.MAX_VALUE);
            lot.tick();
        }
    }

    @Test
    void tick_beforeAndAfterDue_bringsBackInOrderOfDueTimes() {
        Worker worker = new Worker().owning();
        worker.park("late", Duration.ofSeconds(9));
        worker.park("early", Duration.ofSeconds(3));
        worker.park("middle", Duration.ofSeconds(5));

        worker.turn();
        assertThat(topic.calls()).isEmpty();

        clock.advance(Duration.ofSeconds(5));
        worker.turn();
        clock.advance(Duration.ofSeconds(5));
        worker.turn();

        assertThat(ids(topic.calls())).containsExactly("early", "middle", "late");
        worker.turn();
        assertThat(worker.lot.waiting()).isZero();
    }

    @Test
    void tick_callThatComesBack_isWhatItWas() {
        Worker worker = new Worker().owning();
        long deadline = clock.millis() + 50_000;
        worker.park(
                "c1",
                Duration.ofSeconds(1),
                Records.header(HeaderNames.CORRELATION_ID, "mine"),
                Records.header(HeaderNames.DEADLINE, Long.toString(deadline)));

        clock.advance(Duration.ofSeconds(1));
        worker.turn();

        Call back = call(topic.calls().get(0));
        assertThat(back.id()).isEqualTo("c1");
        assertThat(back.options().deadlineMillis()).isEqualTo(deadline);
        assertThat(back.route().correlationId()).isEqualTo("mine".getBytes(UTF_8));
        assertThat(topic.calls().get(0).headers().lastText(HeaderNames.PARKED)).hasValue("1");
        assertThat(topic.calls().get(0).headers().lastText(HeaderNames.PARKED_MS))
                .isPresent();
        assertThat(topic.calls().get(0).headers().lastText(HeaderNames.SENT))
                .hasValue(Long.toString(Records.SENT_MILLIS));
    }

    @Test
    void tick_serverThatTakesNothing_holdsItsCallsUpToTheDeadlineAndNobodyElses() {
        Worker worker = new Worker().owning();
        closed.add("fs");
        worker.park("c1", Duration.ofSeconds(1), deadlineIn(Duration.ofSeconds(30)));

        clock.advance(Duration.ofSeconds(29));
        worker.turn();
        assertThat(topic.calls()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        worker.turn();
        assertThat(ids(topic.calls())).containsExactly("c1");
    }

    @Test
    void tick_beforeEverythingOlderIsKnown_bringsNothingBack() {
        Worker first = new Worker().owning();
        first.park("c1", Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        first.turn();
        assertThat(topic.calls()).hasSize(1);

        Worker second = new Worker().owning();
        second.view.read(2); // the first worker's mark, and the call: not that it came back
        second.lot.tick();
        assertThat(topic.calls()).hasSize(1);

        second.turn();
        assertThat(topic.calls()).hasSize(1);
    }

    @Test
    void tick_afterAnotherWorkerOpened_bringsNothingBack() {
        Worker zombie = new Worker().owning();
        zombie.park("c1", Duration.ofSeconds(1));
        zombie.view.read(Integer.MAX_VALUE);
        Worker owner = new Worker().owning();

        clock.advance(Duration.ofSeconds(1));
        zombie.turn();
        owner.turn();

        assertThat(ids(topic.calls())).containsExactly("c1");
    }

    @Test
    void assigned_afterThePartitionWentAndCameBackUnseen_bringsBackAgain() {
        Worker worker = new Worker().owning();
        worker.view.read(Integer.MAX_VALUE);
        new Worker().owning().lot.assigned(Set.of());
        worker.park("c1", Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        worker.turn();
        assertThat(topic.calls()).isEmpty();

        worker.owning().turn();

        assertThat(ids(topic.calls())).containsExactly("c1");
    }

    @Test
    void park_whereTooManyWait_isRefused() {
        Worker worker = new Worker().owning();
        int most = ParkingSettings.DEFAULT.partitionCalls();
        for (int i = 0; i < most; i++) {
            worker.park("c" + i, Duration.ofSeconds(1));
        }
        worker.view.read(Integer.MAX_VALUE);

        assertThat(worker.park("one more", Duration.ofSeconds(1))).isFalse();
        assertThat(worker.lot.refused()).isOne();
    }

    @Test
    void tick_overPartitionsAndARestart_keepsTheOrderOfDueTimes() {
        SplittableRandom random = new SplittableRandom(7);
        Worker first = new Worker();
        first.lot.assigned(Set.of(PARTITION, PARTITION + 1));
        Map<String, Integer> due = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            int wait = 1_000 + random.nextInt(20_000);
            due.put("c" + i, wait);
            assertThat(park(first.lot, PARTITION + i % 2, "c" + i, Duration.ofMillis(wait)))
                    .isTrue();
        }
        clock.advance(Duration.ofSeconds(10));
        first.turn();
        assertThat(topic.calls()).hasSizeBetween(10, 30);

        Worker second = new Worker();
        second.lot.assigned(Set.of(PARTITION + 1, PARTITION));
        clock.advance(Duration.ofSeconds(11));
        second.turn();

        assertThat(ids(topic.calls())).hasSize(40).isSortedAccordingTo(Comparator.comparing(due::get));
    }

    @Test
    void tick_callsWhoseTimeIsOver_waitForNoneThatAreSlow() {
        Worker worker = new Worker().owning();
        int most = ParkingSettings.DEFAULT.returning();
        for (int i = 0; i < most + 10; i++) {
            worker.park("c" + i, Duration.ofSeconds(1), deadlineIn(Duration.ofHours(1)));
        }
        clock.advance(Duration.ofSeconds(1));
        worker.turn();
        for (int i = 0; i < most + 10; i++) {
            worker.park("late" + i, Duration.ofSeconds(1), deadlineIn(Duration.ofSeconds(2)));
        }
        clock.advance(Duration.ofSeconds(2));
        worker.turn();

        assertThat(ids(topic.calls()))
                .hasSize(2 * most)
                .filteredOn(id -> id.startsWith("late"))
                .hasSize(most);
    }

    @Test
    void read_whatIsNoParkedCall_keepsNobodyFromComingBack() {
        Worker worker = new Worker().owning();
        var records = topic.records(PARTITION);
        for (String entry : List.of("", "{}", "{\"type\":\"waiting\",\"id\":\"of-a-layout-before\"}", "[1")) {
            records.add(stray(records.size(), Records.header("toolstream-parked-entry", entry)));
            worker.park("c" + records.size(), Duration.ofSeconds(1));
            records.add(stray(records.size()));
        }
        clock.advance(Duration.ofSeconds(1));
        worker.turn();
        assertThat(topic.calls())
                .filteredOn(call -> call.headers().last(HeaderNames.UNREAD).isEmpty())
                .hasSize(4);
    }

    private static InboundRecord stray(int at, Header... headers) {
        return new InboundRecord(new RecordPosition("p", PARTITION, at), 5, null, new byte[1], Headers.of(headers));
    }

    @Test
    void tick_moreThanMayReturn_followAsTheFirstAreSettled() {
        Worker worker = new Worker().owning();
        int most = ParkingSettings.DEFAULT.returning();
        for (int i = 0; i < most + 10; i++) {
            worker.park("c" + i, Duration.ofSeconds(1));
        }
        clock.advance(Duration.ofSeconds(1));
        worker.turn();
        worker.turn();
        assertThat(topic.calls()).hasSize(most);
        assertThat(worker.lot.returning()).isEqualTo(most);

        topic.calls().subList(0, 7).forEach(record -> worker.lot.settled(inbound(record), 1));
        worker.lot.settled(Records.of("{}"), 1); // one that had not waited
        worker.turn();

        assertThat(topic.calls()).hasSize(most + 7);
    }

    @Test
    void tick_afterStop_leavesWhatWaitsToTheNext() {
        Worker worker = new Worker().owning();
        worker.lot.stop();
        worker.park("c1", Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        worker.turn();
        assertThat(topic.calls()).isEmpty();

        new Worker().owning().turn();
        assertThat(ids(topic.calls())).containsExactly("c1");
    }

    /** Workers are killed between any two writes; another takes over. */
    @Test
    void bringBack_killedAnywhere_losesNothingAndDoublesNoMoreThanWasUnderWay() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            killedAnywhere(random, "seed " + seed + ", round " + round);
        }
    }

    private void killedAnywhere(SplittableRandom random, String title) {
        MemoryParkedTopic fresh = new MemoryParkedTopic(clock::millis);
        int parked = 1 + random.nextInt(20);
        assertThat(topic.calls()).isEmpty();
        ParkingLot first = lot(fresh.view());
        for (int i = 0; i < parked; i++) {
            assertThat(park(first, "c" + i, Duration.ofMillis(1 + random.nextInt(3_000))))
                    .isTrue();
        }
        int kills = random.nextInt(4);
        for (int life = 0; life <= kills; life++) {
            View view = fresh.view();
            ParkingLot lot = lot(view);
            view.cutOffAfter(life == kills ? Integer.MAX_VALUE : random.nextInt(2 * parked + 2));
            lot.assigned(Set.of(PARTITION));
            for (int turn = 0; turn < 30; turn++) {
                clock.advance(Duration.ofMillis(random.nextInt(400)));
                view.read(1 + random.nextInt(10));
                lot.tick();
            }
            if (life == kills) {
                clock.advance(Duration.ofSeconds(10));
                view.read(Integer.MAX_VALUE);
                lot.tick();
                view.read(Integer.MAX_VALUE);
                assertThat(lot.waiting()).as(title).isZero();
            }
        }
        Map<String, Integer> times = new HashMap<>();
        ids(fresh.calls()).forEach(id -> times.merge(id, 1, Integer::sum));
        assertThat(times).as(title).hasSize(parked);
        int doubled = times.values().stream().mapToInt(count -> count - 1).sum();
        // A worker that is cut off has written, at most, one call whose mark did not arrive.
        assertThat(doubled).as(title).isLessThanOrEqualTo(kills);
    }

    private ParkingLot lot(View view) {
        return view.lot(ParkingSettings.DEFAULT, server -> true, clock);
    }

    private static boolean park(ParkingLot lot, String id, Duration wait) {
        return park(lot, PARTITION, id, wait);
    }

    private static boolean park(ParkingLot lot, int partition, String id, Duration wait) {
        String value = "{\"id\":\"" + id + "\",\"server\":\"fs\",\"tool\":\"read\",\"priority\":\"batch\"}";
        Failure failure = Failure.beforeDispatch(ErrorCode.BREAKER_OPEN, "open").retryAfter(wait);
        Header far = Records.header(HeaderNames.DEADLINE, Long.toString(Long.MAX_VALUE / 2));
        InboundRecord one = Records.of(value, far);
        RecordPosition position = new RecordPosition("toolstream.calls", partition, 17);
        InboundRecord record = new InboundRecord(position, one.timestampMillis(), null, one.value(), one.headers());
        return lot.mayWait(longLived(Records.call(value)), TOOL, record, failure)
                .flatMap(due -> lot.park(record, id, due))
                .isPresent();
    }

    /** The clock of this test runs far. */
    private static Call longLived(Call call) {
        return new Call(
                call.id(),
                call.target(),
                call.arguments(),
                call.route(),
                new io.toolstream.wire.CallOptions(
                        Long.MAX_VALUE / 2,
                        call.options().priority(),
                        call.options().cache(),
                        false,
                        null,
                        null,
                        null,
                        null),
                call.context());
    }

    private Header deadlineIn(Duration time) {
        return Records.header(HeaderNames.DEADLINE, Long.toString(clock.millis() + time.toMillis()));
    }

    private static List<String> ids(List<OutboundRecord> calls) {
        return calls.stream()
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

    private Call call(OutboundRecord record) {
        DecodedCall decoded = new CallDecoder(WireLimits.DEFAULT)
                .decode(inbound(record))
                .calls()
                .get(0);
        return ((DecodedCall.WellFormed) decoded).call();
    }
}
