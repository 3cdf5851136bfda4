package io.toolstream.bench;

import io.toolstream.bench.contender.Payload;
import io.toolstream.bench.contender.Route;
import io.toolstream.bench.load.Clock;
import io.toolstream.bench.report.ReplayTally;
import io.toolstream.client.deadletters.DeadLetters;
import io.toolstream.client.deadletters.LetterFilter;
import io.toolstream.client.deadletters.ReplayListener;
import io.toolstream.client.deadletters.ReplayOrder;
import io.toolstream.client.deadletters.ReplayReport;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.KafkaPublisher;
import io.toolstream.kafka.RangeReader;
import io.toolstream.wire.DeadLetterCause;
import io.toolstream.wire.DeadLetterCodec;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.EventsRecord;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Priority;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Status;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Dead letters of a bench: written, replayed in parts, and counted again. For one thread. */
final class Letters {
    private static final int AT_A_TIME = 5_000;
    private static final Duration ANSWERS = Duration.ofSeconds(60);
    /** Not those of live calls that failed. */
    private static final LetterFilter KEPT = LetterFilter.OPEN.code(ErrorCode.CONNECT_FAILED.text());

    private static final Duration LOOK = Duration.ofMillis(500);

    private final KafkaConnection kafka;
    private final TopicNames names;
    private final int partitions;
    private final Payload payload;
    private final int perSecond;
    private String plan = "";

    Letters(Route route, int partitions, Payload payload, int perSecond) {
        this.kafka = new KafkaConnection(route.bootstrapServers(), "bench-letters", route.clientProperties());
        this.names = new TopicNames(route.prefix());
        this.partitions = partitions;
        this.payload = payload;
        this.perSecond = perSecond;
    }

    /** Writes letters of calls that failed to connect, to the servers in turn. Blocks until the broker has them. */
    void keep(int count, int servers) {
        DeadLetterCodec codec = new DeadLetterCodec();
        List<CompletableFuture<RecordPosition>> writing = new ArrayList<>();
        try (KafkaPublisher publisher = KafkaPublisher.bulk(kafka)) {
            for (int i = 0; i < count; i++) {
                InboundRecord original = new InboundRecord(
                        new RecordPosition(names.calls(), i % partitions, i),
                        System.currentTimeMillis(),
                        null,
                        payload.call(i, i % servers + 1),
                        Headers.NONE);
                DeadLetterCause cause = new DeadLetterCause(
                        ErrorCode.CONNECT_FAILED, "cannot connect", 1, System.currentTimeMillis(), "bench");
                writing.add(publisher.publish(names.deadLetters(), i % partitions, codec.encode(original, cause)));
                if (writing.size() >= AT_A_TIME) {
                    awaitAll(writing);
                }
            }
            awaitAll(writing);
        }
    }

    private static void awaitAll(List<CompletableFuture<RecordPosition>> writing) {
        CompletableFuture.allOf(writing.toArray(CompletableFuture<?>[]::new)).join();
        writing.clear();
    }

    /** A replay under way on a thread of its own. */
    record Part(Thread thread, AtomicReference<ReplayReport> report) {
        /** Ends it as Ctrl-C does; returns how many calls it sent. */
        long interrupt() throws InterruptedException {
            thread.interrupt();
            thread.join();
            ReplayReport ended = report.get();
            if (ended == null) {
                throw new IllegalStateException("the replay failed");
            }
            return ended.sent();
        }
    }

    /** Begins the replay, or goes on with it. Blocks until it has read what there is to send. */
    Part begin() throws InterruptedException {
        AtomicReference<ReplayReport> report = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        report.set(run(begun));
                    } finally {
                        begun.countDown();
                    }
                },
                "replay");
        thread.start();
        begun.await();
        return new Part(thread, report);
    }

    /** Replays what is left. Blocks until then. */
    void finish() {
        ReplayReport report = run(new CountDownLatch(1));
        if (report.stoppedBecause() != null) {
            throw new IllegalStateException("the replay stopped: " + report.stoppedBecause());
        }
    }

    private ReplayReport run(CountDownLatch begun) {
        ReplayListener listener = new ReplayListener() {
            @Override
            public void begun(String name, long planned) {
                plan = name;
                begun.countDown();
            }

            @Override
            public void sent(long sent, long planned) {}
        };
        try (DeadLetters letters = DeadLetters.open(kafka, names)) {
            ReplayReport report = plan.isEmpty()
                    ? letters.replay(ReplayOrder.of(KEPT, "bench").atMostPerSecond(perSecond), listener)
                    : letters.resume(plan, topic -> true, listener);
            Thread.interrupted(); // it has ended the replay; it is not to end the closing as well
            return report;
        }
    }

    /** What stands on the topics, once every replayed call has ended. */
    ReplayTally tally(int expected) {
        Map<String, Integer> sent = new HashMap<>();
        RangeReader.readAll(
                kafka,
                names.calls(),
                record -> letterOf(record).ifPresent(letter -> sent.merge(letter, 1, Integer::sum)));
        long twice = sent.values().stream().filter(times -> times > 1).count();
        long deadlineNanos = System.nanoTime() + ANSWERS.toNanos();
        Set<String> ok = answered();
        while (ok.size() < sent.size() && System.nanoTime() < deadlineNanos) {
            Clock.SYSTEM.awaitNanos(System.nanoTime() + LOOK.toNanos());
            ok = answered();
        }
        return new ReplayTally(expected - sent.size(), twice, sent.size() - ok.size());
    }

    /** Which letter a record was sent for; empty for what came back from the parked topic, or was moved: it was sent before. */
    private static Optional<String> letterOf(InboundRecord record) {
        boolean isAgain = record.headers().last(HeaderNames.PARKED).isPresent()
                || record.headers().last(HeaderNames.MOVED).isPresent();
        return isAgain ? Optional.empty() : record.headers().lastText(HeaderNames.REPLAY_OF);
    }

    /** Ids of replayed calls that ended well. */
    private Set<String> answered() {
        Set<String> ok = new HashSet<>();
        EventCodec codec = new EventCodec();
        RangeReader.readAll(kafka, names.events(), record -> {
            if (codec.decode(record) instanceof Decoded.WellFormed<EventsRecord> events) {
                events.value().events().stream()
                        .filter(event -> event.subject().priority() == Priority.REPLAY)
                        .filter(event -> event.ending().status() == Status.OK)
                        .forEach(event -> ok.add(event.subject().id()));
            }
        });
        return ok;
    }
}
