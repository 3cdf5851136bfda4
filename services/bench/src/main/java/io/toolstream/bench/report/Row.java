package io.toolstream.bench.report;

import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.load.Failures;
import io.toolstream.bench.load.Latency;
import io.toolstream.bench.load.Measurement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** One contender at one load, over all rounds. Latencies in milliseconds; {@code max} is the greatest of all rounds. */
record Row(
        String load,
        Contender contender,
        Spread callsPerSecond,
        Spread p50,
        Percentiles tail,
        Efforts efforts,
        Losses losses) {

    /** Medians over the rounds, but for the greatest. */
    record Percentiles(double p95, double p99, double p999, double max) {}

    /** What a call took of all processes together, in microseconds of processor time, and of each. */
    record Efforts(double cpuMicros, Map<String, OfProcess> byProcess) {}

    /** What a call took of one process: processor time, switches of its threads, heap. Medians over the rounds. */
    record OfProcess(double cpuMicros, double switches, double allocatedKiB) {}

    /** Sums over the rounds. */
    record Losses(long calls, long failures, Optional<String> first) {}

    static Row of(List<Sample> rounds) {
        Sample any = rounds.get(0);
        Percentiles tail = new Percentiles(
                millis(rounds, Latency::p95Nanos).median(),
                millis(rounds, Latency::p99Nanos).median(),
                millis(rounds, Latency::p999Nanos).median(),
                millis(rounds, Latency::maxNanos).greatest());
        return new Row(
                any.load(),
                any.contender(),
                Spread.of(rounds, sample -> sample.measurement().callsPerSecond()),
                millis(rounds, Latency::p50Nanos),
                tail,
                efforts(rounds),
                losses(rounds));
    }

    private static Efforts efforts(List<Sample> rounds) {
        Map<String, OfProcess> byProcess = new TreeMap<>();
        for (String process : rounds.get(0).efforts().byProcess().keySet()) {
            byProcess.put(
                    process,
                    new OfProcess(
                            median(rounds, sample -> sample.cpuMicrosPerCall(process)),
                            median(rounds, sample -> sample.switchesPerCall(process)),
                            median(rounds, sample -> sample.allocatedKiBPerCall(process))));
        }
        return new Efforts(median(rounds, Sample::cpuMicrosPerCall), byProcess);
    }

    private static double median(List<Sample> rounds, ToDoubleFunction<Sample> figure) {
        return Spread.of(rounds, figure).median();
    }

    private static Spread millis(List<Sample> rounds, ToLongFunction<Latency> percentile) {
        return Spread.of(
                rounds, sample -> percentile.applyAsLong(sample.measurement().latency()) / 1e6);
    }

    private static Losses losses(List<Sample> rounds) {
        List<Measurement> measurements =
                rounds.stream().map(Sample::measurement).toList();
        List<Failures> failures =
                measurements.stream().map(Measurement::failures).toList();
        return new Losses(
                measurements.stream().mapToLong(Measurement::answered).sum(),
                failures.stream().mapToLong(Failures::total).sum(),
                failures.stream()
                        .flatMap(each -> Optional.ofNullable(each.first()).stream())
                        .findFirst());
    }
}
