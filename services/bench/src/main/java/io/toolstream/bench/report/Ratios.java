package io.toolstream.bench.report;

import static io.toolstream.bench.contender.Contender.ACK;
import static io.toolstream.bench.contender.Contender.FLOOR;
import static io.toolstream.bench.contender.Contender.LINE;
import static io.toolstream.bench.contender.Contender.LINE_BATCH;
import static io.toolstream.bench.contender.Contender.LINE_EVENTLESS;
import static io.toolstream.bench.contender.Contender.LINE_KEYED;
import static io.toolstream.bench.contender.Contender.LINE_ONCE;
import static io.toolstream.bench.contender.Contender.LINE_ORDERED;
import static io.toolstream.bench.contender.Contender.LINE_UNMETERED;
import static io.toolstream.bench.contender.Contender.PEER;
import static io.toolstream.bench.contender.Contender.STUB;

import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.load.ClosedLoop;
import io.toolstream.bench.report.Ratio.Bound;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The ratios of a run. Each is taken within a round, since what drifts on a machine drifts for all of a round. */
final class Ratios {
    private static final String ONE = ClosedLoop.label(1);
    private static final String FIFTY = ClosedLoop.label(50);
    private static final String THOUSAND = ClosedLoop.label(1_000);

    private final Samples samples;

    Ratios(Samples samples) {
        this.samples = samples;
    }

    List<Ratio> all() {
        return samples.loads().stream()
                .flatMap(load -> Stream.of(
                        overDirect(load),
                        overFloor(load),
                        overPeer(load),
                        cpuOverFloor(load),
                        ledgerOverAck(load),
                        orderedOverKeyed(load),
                        batchOverLine(load),
                        lineOver(load, LINE_UNMETERED, 0.95),
                        lineOver(load, LINE_EVENTLESS, 0.85)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** What the line adds to two bare hops and the call itself. */
    private Optional<Ratio> overDirect(String load) {
        Bound bound = load.equals(ONE) ? Bound.atMost(1.5) : Bound.NONE;
        return ratio(
                load,
                "p50: line / (floor + stub)",
                bound,
                Set.of(LINE, FLOOR, STUB),
                round -> p50(round, LINE) / (p50(round, FLOOR) + p50(round, STUB)));
    }

    private Optional<Ratio> overFloor(String load) {
        Bound bound = load.equals(FIFTY) ? Bound.atLeast(0.5) : Bound.NONE;
        return ratio(
                load,
                "calls/s: line / floor",
                bound,
                Set.of(LINE, FLOOR),
                round -> rate(round, LINE) / rate(round, FLOOR));
    }

    private Optional<Ratio> overPeer(String load) {
        Bound bound = load.equals(FIFTY) ? Bound.atLeast(6) : Bound.NONE;
        return ratio(
                load,
                "calls/s: line / peer",
                bound,
                Set.of(LINE, PEER),
                round -> rate(round, LINE) / rate(round, PEER));
    }

    /** Tells what a noisy machine hides: processor time does not grow when others take their share. */
    private Optional<Ratio> cpuOverFloor(String load) {
        return ratio(
                load,
                "CPU per call: line / floor",
                Bound.NONE,
                Set.of(LINE, FLOOR),
                round -> measured(round, LINE).cpuMicrosPerCall()
                        / measured(round, FLOOR).cpuMicrosPerCall());
    }

    /** What the ledger adds, counted in produce acknowledgements. */
    private Optional<Ratio> ledgerOverAck(String load) {
        Bound bound = load.equals(ONE) ? Bound.atMost(1) : Bound.NONE;
        return ratio(
                load,
                "p50: (line-once - line) / ack",
                bound,
                Set.of(LINE_ONCE, LINE, ACK),
                round -> (p50(round, LINE_ONCE) - p50(round, LINE)) / p50(round, ACK));
    }

    /** What order on distinct keys costs. */
    private Optional<Ratio> orderedOverKeyed(String load) {
        Bound bound = load.equals(FIFTY) ? Bound.atLeast(0.9) : Bound.NONE;
        return ratio(
                load,
                "calls/s: line-ordered / line-keyed",
                bound,
                Set.of(LINE_ORDERED, LINE_KEYED),
                round -> rate(round, LINE_ORDERED) / rate(round, LINE_KEYED));
    }

    /** What it is worth to send calls in records of a hundred. */
    private Optional<Ratio> batchOverLine(String load) {
        Bound bound = load.equals(THOUSAND) ? Bound.atLeast(2) : Bound.NONE;
        return ratio(
                load,
                "calls/s: line-batch / line",
                bound,
                Set.of(LINE_BATCH, LINE),
                round -> rate(round, LINE_BATCH) / rate(round, LINE));
    }

    /** What the line keeps of the pace it has without something. */
    private Optional<Ratio> lineOver(String load, Contender without, double least) {
        Bound bound = load.equals(FIFTY) ? Bound.atLeast(least) : Bound.NONE;
        return ratio(
                load,
                "calls/s: line / " + without,
                bound,
                Set.of(LINE, without),
                round -> rate(round, LINE) / rate(round, without));
    }

    private Optional<Ratio> ratio(
            String load,
            String name,
            Bound bound,
            Set<Contender> needed,
            ToDoubleFunction<Map<Contender, Sample>> figure) {
        List<Map<Contender, Sample>> rounds = samples.rounds(load).stream()
                .filter(round -> round.keySet().containsAll(needed))
                .toList();
        return rounds.isEmpty()
                ? Optional.empty()
                : Optional.of(new Ratio(load, name, Spread.of(rounds, figure), bound));
    }

    private static double p50(Map<Contender, Sample> round, Contender contender) {
        return measured(round, contender).measurement().latency().p50Nanos();
    }

    private static double rate(Map<Contender, Sample> round, Contender contender) {
        return measured(round, contender).measurement().callsPerSecond();
    }

    private static Sample measured(Map<Contender, Sample> round, Contender contender) {
        return Objects.requireNonNull(round.get(contender), contender.name());
    }
}
