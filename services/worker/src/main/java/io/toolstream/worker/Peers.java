package io.toolstream.worker;

import io.toolstream.kafka.ConsumerEngine;
import io.toolstream.kafka.PartitionSnapshot;
import io.toolstream.kafka.PartitionTail;
import io.toolstream.kafka.Publisher;
import io.toolstream.kafka.StartAt;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.wire.TopicNames;
import io.toolstream.worker.catalogue.Catalogue;
import io.toolstream.worker.effects.EffectLedger;
import io.toolstream.worker.effects.LedgerCounts;
import io.toolstream.worker.meter.LedgerMeters;
import io.toolstream.worker.meter.ParkingMeters;
import io.toolstream.worker.parking.ParkingLot;
import io.toolstream.worker.reply.Persistence;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker shares with other workers over topics: the ledger of effects, cancellations, calls that belong elsewhere.
 * Closed with the lifecycle, after the consumer engine and before the producers.
 */
record Peers(Foundation foundation, EffectLedger ledger, Cancellations cancellations, Mover mover, ParkingLot parking) {
    private static final Logger log = LoggerFactory.getLogger(Peers.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofMillis(100);

    /** @param takesCalls whether a server has a chance to take a call now: calls parked for others wait on */
    static Peers start(Foundation foundation, Publishers publishers, Predicate<String> takesCalls) {
        ToolstreamSettings settings = foundation.settings();
        TopicNames topics = foundation.topics();
        Publisher publisher = publishers.toPeers(Persistence.withOwnTopics(
                foundation.threads().timer(), foundation.threads().calls()));
        EffectLedger ledger = foundation
                .lifecycle()
                .add(
                        "effect ledger",
                        EffectLedger.start(
                                foundation.kafka(),
                                topics.effects(),
                                publisher,
                                settings.worker().ledger(),
                                foundation.clock()),
                        Foundation.POLITE);
        Cancellations cancellations = new Cancellations();
        foundation
                .lifecycle()
                .add(
                        "cancellations",
                        PartitionTail.start(
                                foundation.kafka(), topics.control(), StartAt.BEGINNING, cancellations::accept),
                        Foundation.POLITE);
        LedgerCounts counts = ledger.counts();
        LedgerMeters.of(foundation.meters())
                .size(ledger, EffectLedger::size)
                .counts("won", counts, LedgerCounts::won)
                .counts("lost", counts, LedgerCounts::lost)
                .counts("repeated", counts, LedgerCounts::repeatedAnswers)
                .counts("released", counts, LedgerCounts::releasedClaims)
                .counts("doubted", counts, LedgerCounts::doubtedClaims);
        Mover mover = new Mover(publisher, topics, settings.topics().partitions());
        return new Peers(foundation, ledger, cancellations, mover, parking(foundation, publisher, takesCalls));
    }

    private static ParkingLot parking(Foundation foundation, Publisher publisher, Predicate<String> takesCalls) {
        ToolstreamSettings settings = foundation.settings();
        ParkingLot.Place place = new ParkingLot.Place(foundation.kafka(), foundation.topics(), publisher);
        ParkingLot parking =
                ParkingLot.start(place, settings.worker().parking(), settings.limits(), takesCalls, foundation.clock());
        ParkingMeters.of(foundation.meters())
                .waiting(parking, ParkingLot::waiting)
                .returning(parking, ParkingLot::returning)
                .moved("parked", parking, ParkingLot::parked)
                .moved("returned", parking, ParkingLot::returned)
                .moved("refused", parking, ParkingLot::refused)
                .moved("unreadable", parking, ParkingLot::unreadable);
        return foundation.lifecycle().add("parking", parking, Foundation.POLITE);
    }

    /** Keeps ledger and parking lot informed of what the engine is assigned and has committed; the ledger only if there is a tool that needs it. */
    void watch(ConsumerEngine engine, Catalogue catalogue) {
        every(LOOK, () -> look(engine, catalogue));
        every(TICK, this::bringBack);
    }

    /** A worker that ends leaves what waits to the next one: a call must not come back twice for a restart. */
    private void bringBack() {
        if (foundation.health().isDraining()) {
            parking.stop();
        } else {
            parking.tick();
        }
    }

    private void every(Duration pause, Runnable task) {
        Runnable hop = () -> {
            try {
                foundation.threads().calls().execute(task);
            } catch (RejectedExecutionException closing) {
                log.trace("closing");
            }
        };
        var unused = foundation
                .threads()
                .timer()
                .scheduleWithFixedDelay(hop, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(ConsumerEngine engine, Catalogue catalogue) {
        parking.assigned(engine.snapshot().partitions().stream()
                .map(PartitionSnapshot::partition)
                .collect(Collectors.toSet()));
        if (ledger.isOpen() || hasToolsThatRunOnce(catalogue)) {
            ledger.assigned(engine.snapshot().partitions().stream()
                    .collect(Collectors.toMap(PartitionSnapshot::partition, PartitionSnapshot::committed)));
        }
    }

    private static boolean hasToolsThatRunOnce(Catalogue catalogue) {
        return catalogue.snapshot().servers().stream()
                .flatMap(server -> server.tools().values().stream())
                .anyMatch(tool -> !tool.isRepeatable());
    }
}
