package io.toolstream.bench.micro;

import io.toolstream.kafka.TrackerLoad;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the engine costs per record: tracking, completing out of order, lanes, commits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TrackerBenchmark {
    /** Records in flight. */
    @Param({"50", "500", "5000"})
    private int window;

    /** Distinct ordering keys; none, or more than are in flight. */
    @Param({"0", "100000"})
    private int keys;

    private TrackerLoad load = new TrackerLoad(1, 0);

    @Setup
    public void prepare() {
        load = new TrackerLoad(window, keys);
    }

    @Benchmark
    public long record() {
        return load.step();
    }
}
