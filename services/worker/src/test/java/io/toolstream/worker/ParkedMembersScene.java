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
import io.toolstream.wire.Header;
import io.toolstream.wire.HeaderNames;
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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model of the topics, with tool servers that come and go, and between them the worker's own handler and parking lot, in lives
 * that can be ended between any two writes.
 */
final class ParkedMembersScene {
    /** What a worker can do wrong. */
    enum Bug {
        NONE,
        /** What came back does not say which members are left. */
        REST_FORGOTTEN,
        /** One return of ten does not reach the calls topic. */
        RETURN_LOST,
        /** A record is settled before what becomes of it is written. */
        SETTLED_TOO_EARLY
    }

    private static final TopicNames TOPICS = TopicNames.DEFAULT;
    private static final int PARTITION = 3;
    static final List<String> SERVERS = List.of("a", "b", "c");

    final ManualClock clock = new ManualClock();
    final MemoryParkedTopic parked = new MemoryParkedTopic(clock::millis);
    final FakePublisher broker =
            new FakePublisher().withTopic(TOPICS.replies(), 4).withTopic(TOPICS.events(), 4);
    final List<InboundRecord> calls = new ArrayList<>();
    final Set<Integer> committed = new HashSet<>();
    final Set<String> down = new HashSet<>();
    private final Bug bug;
    private int fetched;

    ParkedMembersScene(Bug bug) {
        this.bug = bug;
    }

    /** One worker: what it writes and commits arrives until it is killed. */
    final class Life {
        private final View view = parked.view();
        final ParkingLot lot = view.lot(ParkingSettings.DEFAULT, server -> !down.contains(server), clock);
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
                    if (bug == Bug.SETTLED_TOO_EARLY) {
                        committed.add(offset);
                    }
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
            if (bug != Bug.RETURN_LOST || fetched % 10 != 9) {
                add(bug == Bug.REST_FORGOTTEN ? withoutRest(all.get(fetched)) : all.get(fetched));
            }
        }
    }

    private static OutboundRecord withoutRest(OutboundRecord record) {
        Headers others = Headers.of(record.headers().all().stream()
                .filter(header -> !header.name().equals(HeaderNames.REST))
                .toArray(Header[]::new));
        return new OutboundRecord(record.key(), record.value(), others);
    }

    void add(OutboundRecord record) {
        calls.add(new InboundRecord(
                new RecordPosition(TOPICS.calls(), PARTITION, calls.size()),
                clock.millis(),
                record.key(),
                record.value(),
                record.headers()));
    }

    void pass(Life life, Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 500) {
            clock.advance(Duration.ofMillis(Math.min(left, 500)));
            life.turn();
            life.turn();
        }
    }

    static OutboundRecord record(String id, String... servers) {
        String members = IntStream.range(0, servers.length)
                .mapToObj(index -> member(id, index, servers[index], 600_000))
                .collect(Collectors.joining(","));
        String value = "{\"id\":\"" + id + "\",\"priority\":\"batch\",\"calls\":[" + members + "]}";
        return new OutboundRecord(null, value.getBytes(UTF_8), Headers.NONE);
    }

    static String member(String id, int index, String server, long timeoutMs) {
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
                MemberSlots.of(100),
                new Mover(new PersistentPublisher(cut, ours), TOPICS, 4),
                new Cancellations(),
                new ReplyRouter(TOPICS, List.of(), broker, callers),
                new Admission(
                        ParkedMembersScene::catalogue,
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

    Map<Integer, Status> statuses(String id) {
        Map<Integer, Status> statuses = new TreeMap<>();
        replies(id).forEach(reply -> {
            int index = requireNonNull(reply.identity().batch()).index();
            assertThat(reply.identity().id()).isEqualTo(id + "-" + index);
            statuses.put(index, reply.status());
        });
        return statuses;
    }

    List<Reply> replies(String id) {
        return decoded()
                .filter(DecodedReply.WellFormed.class::isInstance)
                .map(reply -> ((DecodedReply.WellFormed) reply).reply())
                .filter(reply -> reply.identity().id().startsWith(id + "-"))
                .toList();
    }

    List<BatchReply> closings(String id) {
        return decoded()
                .filter(DecodedReply.Closing.class::isInstance)
                .map(reply -> ((DecodedReply.Closing) reply).reply())
                .filter(reply -> reply.id().equals(id))
                .toList();
    }

    private Stream<DecodedReply> decoded() {
        return broker.sentTo(TOPICS.replies()).stream().map(ParkedMembersScene::decoded);
    }

    private static DecodedReply decoded(Sent sent) {
        OutboundRecord record = sent.record();
        return new ReplyCodec(WireLimits.DEFAULT)
                .decode(new InboundRecord(
                        new RecordPosition(sent.topic(), 0, 0), 0, record.key(), record.value(), record.headers()));
    }
}
