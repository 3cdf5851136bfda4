package io.toolstream.bench.report;

import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.load.Failures;
import io.toolstream.bench.load.Latency;
import io.toolstream.bench.load.Measurement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** One contender at one load, over all rounds. Latencies in milliseconds; {@code max} is the greatest of all rounds. */
record Row(
        String load, Contender contender, Spread callsPerSecond, Spread p50, Percentiles tail, Cpu cpu, Losses losses) {

    /** Medians over the rounds, but for the greatest. */
    record Percentiles(double p95, double p99, double p999, double max) {}

    /** Microseconds of processor time per call, medians over the rounds: all in all, and by process. */
    record Cpu(double allMicros, Map<String, Double> microsByProcess) {}

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
                cpu(rounds),
                losses(rounds));
    }

    private static Cpu cpu(List<Sample> rounds) {
        Map<String, Double> byProcess = new TreeMap<>();
        for (String process : rounds.get(0).cpu().nanos().keySet()) {
            byProcess.put(
                    process,
                    Spread.of(rounds, sample -> sample.cpuMicrosPerCall(process))
                            .median());
        }
        return new Cpu(Spread.of(rounds, Sample::cpuMicrosPerCall).median(), byProcess);
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
