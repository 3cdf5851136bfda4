package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.Publisher;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.runtime.tracing.Tracing;
import io.toolstream.settings.Effect;
import io.toolstream.settings.ParkingSettings;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.wire.BatchReply;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.DecodedReply;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.Status;
import io.toolstream.wire.TopicNames;
import io.toolstream.wire.WireLimits;
import io.toolstream.worker.admission.Admission;
import io.toolstream.worker.admission.ArgumentsRule;
import io.toolstream.worker.catalogue.CatalogueSnapshot;
import io.toolstream.worker.catalogue.ServerTools;
import io.toolstream.worker.effects.MemoryEffectLog;
import io.toolstream.worker.effects.Recollection;
import io.toolstream.worker.fixture.FakePublisher;
import io.toolstream.worker.fixture.FakePublisher.Sent;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.ManualTimer;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.meter.CallMeters;
import io.toolstream.worker.parking.MemoryParkedTopic;
import io.toolstream.worker.parking.MemoryParkedTopic.View;
import io.toolstream.worker.parking.ParkingLot;
import io.toolstream.worker.reply.Persistence;
import io.toolstream.worker.reply.PersistentPublisher;
import io.toolstream.worker.reply.ReplyPublishers;
import io.toolstream.worker.reply.ReplyRouter;
import io.toolstream.worker.reply.Settlement;
import io.toolstream.worker.trace.CallTraces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Records of several calls whose tool servers come and go: a model of the topics, and the worker's own handler and parking
 * lot between them.
 */
final class ParkedMembersTest {
    private static final TopicNames TOPICS = TopicNames.DEFAULT;
    private static final int PARTITION = 3;
    private static final List<String> SERVERS = List.of("a", "b", "c");

    private final ManualClock clock = new ManualClock();
    private final MemoryParkedTopic parked = new MemoryParkedTopic(clock::millis);
    private final FakePublisher broker =
            new FakePublisher().withTopic(TOPICS.replies(), 4).withTopic(TOPICS.events(), 4);
    private final List<InboundRecord> calls = new ArrayList<>();
    private final Set<Integer> committed = new HashSet<>();
    private final Set<String> down = new HashSet<>();
    private int fetched;

    /** One worker: what it writes and commits arrives until it is killed. */
    private final class Life {
        private final View view = parked.view();
        private final ParkingLot lot = view.lot(ParkingSettings.DEFAULT, server -> !down.contains(server), clock);
        private final BooleanSupplier isAlive;
        private final CallHandler handler;
        private int next;

        Life(BooleanSupplier arrives) {
            this.isAlive = arrives;
            view.writesWhile(arrives);
            this.handler = handler(lot, arrives);
            lot.assigned(Set.of(PARTITION));
        }

        void turn() {
            view.read(Integer.MAX_VALUE);
            lot.tick();
            takeReturned();
            for (; next < calls.size(); next++) {
                int offset = next;
                if (!committed.contains(offset)) {
                    var unused = handler.handle(calls.get(offset), () -> true).thenRun(() -> {
                        if (isAlive.getAsBoolean()) {
                            committed.add(offset);
                        }
                    });
                }
            }
        }
    }

    /** What parking lots wrote to the calls topic stands there. */
    private void takeReturned() {
        List<OutboundRecord> all = parked.calls();
        for (; fetched < all.size(); fetched++) {
            add(all.get(fetched));
        }
    }

    private void add(OutboundRecord record) {
        calls.add(new InboundRecord(
                new RecordPosition(TOPICS.calls(), PARTITION, calls.size()),
                clock.millis(),
                record.key(),
                record.value(),
                record.headers()));
    }

    @Test
    void members_ofAServerThatIsAway_waitAndTheRecordIsClosedOnceWithAllCounted() {
        down.add("b");
        add(record("m", "a", "b", "a", "b"));
        Life life = new Life(() -> true);
        life.turn();
        assertThat(statuses("m")).isEqualTo(Map.of(0, Status.OK, 2, Status.OK));
        assertThat(closings("m")).isEmpty();
        assertThat(committed).as("the record is settled: it holds no place").containsExactly(0);

        down.clear();
        pass(life, Duration.ofSeconds(2));

        assertThat(statuses("m")).hasSize(4).containsValue(Status.OK);
        assertThat(closings("m")).hasSize(1);
        assertThat(closings("m").get(0).counts()).isEqualTo(Map.of(Status.OK, 4));
        assertThat(calls).hasSize(2);
    }

    @Test
    void members_ofSeveralServers_comeBackWithTheFirstThatTakesCalls() {
        down.addAll(List.of("a", "b"));
        add(record("m", "a", "b", "c"));
        Life life = new Life(() -> true);
        life.turn();
        down.remove("b");
        pass(life, Duration.ofSeconds(2));
        assertThat(statuses("m")).containsOnlyKeys(1, 2);
        pass(life, Duration.ofSeconds(20));
        assertThat(calls).as("comes back for a alone, and a takes nothing").hasSize(2);

        down.clear();
        pass(life, Duration.ofSeconds(40));

        assertThat(statuses("m")).hasSize(3);
        assertThat(closings("m")).hasSize(1);
    }

    @Test
    void members_withoutRoomInTheLot_areAnsweredAndTheRecordIsClosed() {
        down.add("a");
        int most = ParkingSettings.DEFAULT.partitionCalls();
        Life life = new Life(() -> true);
        for (int i = 0; i < most / 500; i++) {
            add(record("full" + i, IntStream.range(0, 500).mapToObj(n -> "a").toArray(String[]::new)));
            life.turn();
        }
        life.turn();
        add(record("m", "a", "c"));
        life.turn();

        assertThat(statuses("m")).isEqualTo(Map.of(0, Status.UNAVAILABLE, 1, Status.OK));
        assertThat(closings("m")).hasSize(1);
        assertThat(life.lot.waiting()).isEqualTo(most);
    }

    @Test
    void members_whoseDeadlinesComeWhileTheServerIsAway_areExpiredOneAfterTheOther() {
        down.add("a");
        String value = "{\"id\":\"m\",\"priority\":\"batch\",\"calls\":[" + member("m", 0, "a", 2_500) + ","
                + member("m", 1, "a", 9_500) + "," + member("m", 2, "a", 600_000) + "]}";
        add(new OutboundRecord(null, value.getBytes(UTF_8), Headers.NONE));
        Life life = new Life(() -> true);
        life.turn();

        pass(life, Duration.ofSeconds(3));
        assertThat(statuses("m")).isEqualTo(Map.of(0, Status.EXPIRED));
        pass(life, Duration.ofSeconds(7));
        assertThat(statuses("m")).isEqualTo(Map.of(0, Status.EXPIRED, 1, Status.EXPIRED));
        down.clear();
        pass(life, Duration.ofSeconds(60));

        assertThat(closings("m").get(0).counts()).isEqualTo(Map.of(Status.EXPIRED, 2, Status.OK, 1));
    }

    /** Servers come and go, workers are killed between any two writes. */
    @Test
    void members_killedAnywhere_areAllAnsweredAndEachRecordIsClosed() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            new ParkedMembersTest().killedAnywhere(random, "seed " + seed + ", round " + round);
        }
    }

    private void killedAnywhere(SplittableRandom random, String title) {
        Map<String, Integer> sizes = new TreeMap<>();
        int kills = random.nextInt(4);
        for (int life = 0; life <= kills; life++) {
            int[] writes = {life == kills ? Integer.MAX_VALUE : random.nextInt(60)};
            Life worker = new Life(() -> writes[0]-- > 0);
            for (int turn = 0; turn < 8; turn++) {
                if (random.nextInt(3) == 0) {
                    String id = "r" + sizes.size();
                    sizes.put(id, 1 + random.nextInt(6));
                    add(record(id, servers(sizes.get(id), random)));
                }
                SERVERS.forEach(server -> {
                    boolean unused = random.nextInt(3) == 0 ? down.add(server) : down.remove(server);
                });
                clock.advance(Duration.ofMillis(random.nextInt(3_000)));
                worker.turn();
            }
            if (life == kills) {
                down.clear();
                pass(worker, Duration.ofMinutes(2));
                assertThat(worker.lot.waiting()).as(title).isZero();
                assertThat(worker.lot.returning()).as(title).isZero();
            }
        }
        sizes.forEach((id, size) -> assertAnswered(id, size, kills, title));
    }

    private void assertAnswered(String id, int size, int kills, String title) {
        List<BatchReply> closings = closings(id);
        assertThat(statuses(id)).as("%s, members of %s", title, id).hasSize(size);
        // Whoever is killed before its commit leaves a record that is taken again: each of its ways may close it.
        assertThat(closings).as("%s, %s", title, id).hasSizeBetween(1, 1 << kills);
        assertThat(closings).allSatisfy(closing -> {
            assertThat(closing.size()).as(title).isEqualTo(size);
            assertThat(closing.correlationId()).isEqualTo(id);
            assertThat(closing.counts().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .as(title)
                    .isEqualTo(size);
        });
        if (kills == 0) {
            assertThat(replies(id)).as("%s, %s", title, id).hasSize(size);
            assertThat(closings.get(0).counts())
                    .as("%s, %s", title, id)
                    .isEqualTo(replies(id).stream()
                            .collect(Collectors.groupingBy(Reply::status, Collectors.summingInt(reply -> 1))));
        }
    }

    private static String[] servers(int count, SplittableRandom random) {
        return IntStream.range(0, count)
                .mapToObj(index -> SERVERS.get(random.nextInt(SERVERS.size())))
                .toArray(String[]::new);
    }

    private void pass(Life life, Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 500) {
            clock.advance(Duration.ofMillis(Math.min(left, 500)));
            life.turn();
            life.turn();
        }
    }

    private static OutboundRecord record(String id, String... servers) {
        String members = IntStream.range(0, servers.length)
                .mapToObj(index -> member(id, index, servers[index], 600_000))
                .collect(Collectors.joining(","));
        String value = "{\"id\":\"" + id + "\",\"priority\":\"batch\",\"calls\":[" + members + "]}";
        return new OutboundRecord(null, value.getBytes(UTF_8), Headers.NONE);
    }

    private static String member(String id, int index, String server, long timeoutMs) {
        return "{\"id\":\"%s-%d\",\"server\":\"%s\",\"tool\":\"read\",\"timeoutMs\":%d}"
                .formatted(id, index, server, timeoutMs);
    }

    private CompletableFuture<Answer> invoke(Invocation invocation) {
        String server = invocation.tool().server();
        if (invocation.call().options().deadlineMillis() <= clock.millis()) {
            return InvocationFailed.stage(Failure.beforeDispatch(ErrorCode.DEADLINE_PASSED, "too late"));
        }
        return down.contains(server)
                ? InvocationFailed.stage(Failure.beforeDispatch(ErrorCode.BREAKER_OPEN, "open"))
                : CompletableFuture.completedFuture(new Answer(Status.OK, RawJson.EMPTY_OBJECT, 1));
    }

    private CallHandler handler(ParkingLot lot, BooleanSupplier arrives) {
        ManualTimer timer = new ManualTimer();
        Publisher cut = new CutOff(broker, arrives);
        Persistence callers = Persistence.withCallersTopics(timer, Runnable::run);
        Persistence ours = Persistence.withOwnTopics(timer, Runnable::run);
        Stations stations = new Stations(
                new CallSlots(100),
                new Mover(new PersistentPublisher(cut, ours), TOPICS, 4),
                new Cancellations(),
                new ReplyRouter(TOPICS, List.of(), broker, callers),
                new Admission(
                        ParkedMembersTest::catalogue,
                        server -> CompletableFuture.completedFuture(null),
                        List.of(new ArgumentsRule()),
                        Runnable::run,
                        clock),
                new Recollection(MemoryEffectLog.ledger(clock), 4, Runnable::run, clock),
                this::invoke,
                lot,
                Settlement.of(
                        new Settlement.Outlets(
                                ReplyPublishers.same(new PersistentPublisher(cut, callers)),
                                new PersistentPublisher(cut, ours),
                                broker),
                        new ReplyCodec(WireLimits.DEFAULT),
                        TOPICS,
                        WorkerSettings.DEFAULT,
                        clock),
                new CallTraces(Tracing.OFF, "workers"),
                CallMeters.of(new Meters()));
        return new CallHandler(new CallDecoder(WireLimits.DEFAULT)::decode, stations, Runnable::run, clock);
    }

    private static CatalogueSnapshot catalogue() {
        return new CatalogueSnapshot(SERVERS.stream()
                .map(server -> new ServerTools(
                        server,
                        new Condition(Health.HEALTHY, null),
                        true,
                        Map.of("read", ToolFixtures.tool(server, "read", Effect.READ)),
                        Map.of()))
                .toList());
    }

    /** The broker, as long as the worker lives. */
    private record CutOff(FakePublisher broker, BooleanSupplier arrives) implements Publisher {
        @Override
        public CompletableFuture<RecordPosition> publish(
                String topic, @Nullable Integer partition, OutboundRecord record) {
            return arrives.getAsBoolean() ? broker.publish(topic, partition, record) : new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }

    private Map<Integer, Status> statuses(String id) {
        Map<Integer, Status> statuses = new TreeMap<>();
        replies(id).forEach(reply -> {
            int index = requireNonNull(reply.identity().batch()).index();
            assertThat(reply.identity().id()).isEqualTo(id + "-" + index);
            statuses.put(index, reply.status());
        });
        return statuses;
    }

    private List<Reply> replies(String id) {
        return decoded()
                .filter(DecodedReply.WellFormed.class::isInstance)
                .map(reply -> ((DecodedReply.WellFormed) reply).reply())
                .filter(reply -> reply.identity().id().startsWith(id + "-"))
                .toList();
    }

    private List<BatchReply> closings(String id) {
        return decoded()
                .filter(DecodedReply.Closing.class::isInstance)
                .map(reply -> ((DecodedReply.Closing) reply).reply())
                .filter(reply -> reply.id().equals(id))
                .toList();
    }

    private Stream<DecodedReply> decoded() {
        return broker.sentTo(TOPICS.replies()).stream().map(ParkedMembersTest::decoded);
    }

    private static DecodedReply decoded(Sent sent) {
        OutboundRecord record = sent.record();
        return new ReplyCodec(WireLimits.DEFAULT)
                .decode(new InboundRecord(
                        new RecordPosition(sent.topic(), 0, 0), 0, record.key(), record.value(), record.headers()));
    }
}
