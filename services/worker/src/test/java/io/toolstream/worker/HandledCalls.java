package io.toolstream.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.runtime.meter.Meters;
import io.toolstream.runtime.tracing.Tracing;
import io.toolstream.settings.Effect;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.wire.BatchReply;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.CallError;
import io.toolstream.wire.CancelCodec;
import io.toolstream.wire.CancelRequest;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.DeadLetter;
import io.toolstream.wire.DeadLetterCodec;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.DecodedRecord;
import io.toolstream.wire.DecodedReply;
import io.toolstream.wire.Event;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.EventsRecord;
import io.toolstream.wire.Header;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.TopicNames;
import io.toolstream.wire.WireLimits;
import io.toolstream.worker.admission.Admission;
import io.toolstream.worker.admission.ArgumentsRule;
import io.toolstream.worker.catalogue.CatalogueSnapshot;
import io.toolstream.worker.catalogue.ServerTools;
import io.toolstream.worker.effects.EffectLedger;
import io.toolstream.worker.effects.MemoryEffectLog;
import io.toolstream.worker.effects.Recollection;
import io.toolstream.worker.fixture.FakePublisher;
import io.toolstream.worker.fixture.FakePublisher.Sent;
import io.toolstream.worker.fixture.FakeToolServer;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.ManualNanos;
import io.toolstream.worker.fixture.ManualTimer;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.limits.Clockwork;
import io.toolstream.worker.mcp.Route;
import io.toolstream.worker.mcp.Routes;
import io.toolstream.worker.meter.CallMeters;
import io.toolstream.worker.parking.MemoryParkedTopic;
import io.toolstream.worker.reply.Persistence;
import io.toolstream.worker.reply.PersistentPublisher;
import io.toolstream.worker.reply.ReplyPublishers;
import io.toolstream.worker.reply.ReplyRouter;
import io.toolstream.worker.reply.Settlement;
import io.toolstream.worker.trace.CallTraces;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A call handler with all its stages, on fakes: what it is handed, and what comes of it. */
final class HandledCalls implements AutoCloseable {
    static final TopicNames TOPICS = TopicNames.DEFAULT;
    static final String READ = "{\"id\":\"c1\",\"server\":\"fs\",\"tool\":\"read\",\"arguments\":{}}";
    static final String PAY = "{\"id\":\"c2\",\"server\":\"fs\",\"tool\":\"pay\",\"arguments\":{}}";

    private static final WorkerSettings WORKER = SettingsLoader.load(
                    SettingsSources.of("worker.maxInFlight=100", "worker.id=worker"))
            .settings()
            .worker();

    final ManualClock clock = new ManualClock();
    final ManualTimer timer = new ManualTimer();
    final FakePublisher broker = new FakePublisher()
            .withTopic(TOPICS.replies(), 4)
            .withTopic("svc.replies", 2)
            .withTopic(TOPICS.events(), 2);
    final FakeToolServer server = new FakeToolServer("fs");
    CatalogueSnapshot catalogue = new CatalogueSnapshot(List.of(new ServerTools(
            "fs",
            new Condition(Health.HEALTHY, null),
            true,
            Map.of(
                    "read", ToolFixtures.tool("fs", "read", Effect.READ),
                    "pay", ToolFixtures.tool("fs", "pay", Effect.ONCE)),
            Map.of())));
    final MemoryEffectLog effects = new MemoryEffectLog();
    private final ManualTimer probes = new ManualTimer();
    private final Resilience resilience = Resilience.start(probes, Runnable::run, new Meters(), change -> {});
    private final Cancellations cancellations = new Cancellations();
    final CallHandler handler = handler(new CallDecoder(WireLimits.DEFAULT)::decode);
    boolean isHeld = true;

    CompletableFuture<?> handle(String value, Header... headers) {
        return handle(Records.of(value, headers));
    }

    CompletableFuture<?> handle(InboundRecord record) {
        return handler.handle(record, () -> isHeld).toCompletableFuture();
    }

    CallHandler handler(Function<InboundRecord, DecodedRecord> decoder) {
        Persistence callers = Persistence.withCallersTopics(timer, Runnable::run);
        Persistence ours = Persistence.withOwnTopics(timer, Runnable::run);
        CallMeters meters = CallMeters.of(new Meters());
        EffectLedger ledger = effects.open(clock);
        Stations stations = new Stations(
                MemberSlots.of(WORKER.maxInFlight()),
                new Mover(new PersistentPublisher(broker, ours), TOPICS, 4),
                cancellations,
                new ReplyRouter(TOPICS, List.of("svc.*"), broker, callers),
                new Admission(
                        () -> catalogue,
                        server -> CompletableFuture.completedFuture(null),
                        List.of(new ArgumentsRule()),
                        Runnable::run,
                        clock),
                new Recollection(ledger, 4, Runnable::run, clock),
                invoker(
                        ledger,
                        new Invokers.Shared(
                                meters,
                                resilience,
                                Limits.of(
                                        WORKER,
                                        new Meters(),
                                        new Clockwork(clock, new ManualNanos(), timer, Runnable::run)),
                                stale -> {},
                                Tracing.OFF)),
                MemoryParkedTopic.lot(),
                Settlement.of(
                        new Settlement.Outlets(
                                ReplyPublishers.same(new PersistentPublisher(broker, callers)),
                                new PersistentPublisher(broker, ours),
                                broker),
                        new ReplyCodec(WireLimits.DEFAULT),
                        TOPICS,
                        WORKER,
                        clock),
                new CallTraces(Tracing.OFF, "workers"),
                meters);
        return new CallHandler(decoder, stations, Runnable::run, clock);
    }

    private Invoker invoker(EffectLedger ledger, Invokers.Shared shared) {
        Route route = new Route(Invokers.server(List.of(ToolFixtures.endpoint(server)), shared));
        return Invokers.nest(
                new Routes(Map.of("fs", route)), new Invokers.Claims(ledger, 4), UnaryOperator.identity(), shared);
    }

    /** Whoever wanted the call of this id does not any more, now or once it comes. */
    void cancel(String id) {
        OutboundRecord request = new CancelCodec().encode(new CancelRequest(id));
        cancellations.accept(inbound(new Sent(TOPICS.control(), null, request)));
    }

    List<Reply> replies() {
        return broker.sent().stream()
                .filter(sent -> sent.topic().endsWith("replies"))
                .map(sent -> new ReplyCodec(WireLimits.DEFAULT).decode(inbound(sent)))
                .filter(DecodedReply.WellFormed.class::isInstance)
                .map(decoded -> ((DecodedReply.WellFormed) decoded).reply())
                .toList();
    }

    static Reply decoded(Sent sent) {
        return ((DecodedReply.WellFormed) new ReplyCodec(WireLimits.DEFAULT).decode(inbound(sent))).reply();
    }

    static BatchReply closing(Sent sent) {
        return ((DecodedReply.Closing) new ReplyCodec(WireLimits.DEFAULT).decode(inbound(sent))).reply();
    }

    Reply onlyReply() {
        assertThat(replies()).hasSize(1);
        return replies().get(0);
    }

    CallError onlyError() {
        return requireNonNull(onlyReply().error());
    }

    List<DeadLetter> deadLetters() {
        return broker.sentTo(TOPICS.deadLetters()).stream()
                .map(sent -> ((Decoded.WellFormed<DeadLetter>) new DeadLetterCodec().decode(inbound(sent))).value())
                .toList();
    }

    DeadLetter onlyDeadLetter() {
        assertThat(deadLetters()).hasSize(1);
        return deadLetters().get(0);
    }

    List<Event> events() {
        return broker.sentTo(TOPICS.events()).stream()
                .map(sent -> ((Decoded.WellFormed<EventsRecord>) new EventCodec().decode(inbound(sent))).value())
                .flatMap(record -> record.events().stream())
                .toList();
    }

    Event onlyEvent() {
        assertThat(events()).hasSize(1);
        return events().get(0);
    }

    private static InboundRecord inbound(Sent sent) {
        return new InboundRecord(
                new RecordPosition(sent.topic(), 0, 0),
                0,
                sent.record().key(),
                sent.record().value(),
                sent.record().headers());
    }

    @Override
    public void close() {
        probes.shutdownNow();
    }
}
