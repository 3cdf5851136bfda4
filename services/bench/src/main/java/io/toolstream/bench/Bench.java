package io.toolstream.bench;

import io.toolstream.bench.BenchSettings.KafkaLayout;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.BenchSettings.Workload;
import io.toolstream.bench.PolicySite.Setup;
import io.toolstream.bench.report.Checkpoint;
import io.toolstream.bench.report.Environment;
import io.toolstream.bench.report.IsolationPair;
import io.toolstream.bench.report.IsolationReport;
import io.toolstream.bench.report.JsonReport;
import io.toolstream.bench.report.Overload;
import io.toolstream.bench.report.OverloadReport;
import io.toolstream.bench.report.RedisFaults;
import io.toolstream.bench.report.Replayed;
import io.toolstream.bench.report.Samples;
import io.toolstream.bench.report.SoakReport;
import io.toolstream.bench.report.TableReport;
import io.toolstream.bench.stub.FaultyRedis;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** The bench command without its command line: results go to one stream, what is going on to another. */
public final class Bench {
    private Bench() {}

    /**
     * Measures. Blocks until the run is over; interrupting the thread ends it early, with everything it started.
     *
     * @return the exit code: 0, or 1 where a call was lost, failed or answered wrongly
     */
    public static int run(BenchSettings settings, PrintStream out, PrintStream progress) throws InterruptedException {
        progress.println("starting the parts");
        Environment environment = Surroundings.of(settings);
        try (Site site = Site.open(settings)) {
            Samples samples = new BenchRun(settings, site, progress).measure();
            out.print(
                    switch (settings.format()) {
                        case TABLE -> TableReport.of(environment, samples);
                        case JSON -> JsonReport.of(environment, samples);
                    });
            return samples.failures() == 0 ? 0 : 1;
        }
    }

    /**
     * Puts many calls on the line and tells what becomes of the worker's memory and threads. Blocks like {@link #run}.
     *
     * @return the exit code: 0, or 1 where a call was lost, failed or answered wrongly, or a tool server had more connections
     *     than the pool's limit
     */
    public static int soak(SoakSettings settings, PrintStream out, PrintStream progress) throws InterruptedException {
        progress.println("starting the parts");
        Environment environment = Surroundings.of(settings.site());
        try (Site site = Site.open(settings.site())) {
            List<Checkpoint> checkpoints = new SoakRun(settings, site, progress).drive();
            int connections = settings.mostConnections();
            out.print(
                    switch (settings.format()) {
                        case TABLE -> SoakReport.table(environment, checkpoints, connections);
                        case JSON -> SoakReport.json(environment, checkpoints);
                    });
            return SoakReport.isKept(checkpoints, connections) ? 0 : 1;
        }
    }

    /**
     * Lets one of several tool servers fail, and tells what that does to the others. Blocks like {@link #run}.
     *
     * @return the exit code: 0, or 1 where the others suffered more than is promised
     */
    public static int isolation(IsolationSettings settings, PrintStream out, PrintStream progress)
            throws InterruptedException {
        progress.println("starting the parts");
        Environment environment = Surroundings.of(settings.placement(), settings.kafka());
        try (PolicySite site = PolicySite.open(
                settings.placement(), settings.kafka(), Setup.of(settings.toolTime(), settings.worker()))) {
            List<IsolationPair> pairs = new IsolationRun(settings, site, progress).measure();
            out.print(
                    switch (settings.format()) {
                        case TABLE -> IsolationReport.table(environment, pairs);
                        case JSON -> IsolationReport.json(environment, pairs);
                    });
            return IsolationReport.isKept(pairs) ? 0 : 1;
        }
    }

    /**
     * Replays dead letters beside live calls, and tells what that does to them. Blocks like {@link #run}.
     *
     * @return the exit code: 0, or 1 where live calls suffered more than is promised, or a letter was not sent exactly once
     */
    public static int replay(ReplaySettings settings, PrintStream out, PrintStream progress)
            throws InterruptedException {
        progress.println("starting the parts");
        Environment environment = Surroundings.of(settings.placement(), settings.kafka());
        Map<String, String> worker = Map.of("mcp.concurrency.background", Integer.toString(settings.background()));
        try (PolicySite site =
                PolicySite.open(settings.placement(), settings.kafka(), Setup.of(settings.toolTime(), worker))) {
            Replayed replayed = new ReplayRun(settings, site, progress).measure();
            out.print(
                    switch (settings.format()) {
                        case TABLE -> replayed.table(environment);
                        case JSON -> replayed.json(environment);
                    });
            return replayed.isKept() ? 0 : 1;
        }
    }

    /**
     * Offers a tool server several times what it can do, and tells whether it goes on doing that. Blocks like {@link #run}.
     *
     * @return the exit code: 0, or 1 where less was done than is promised
     */
    public static int overload(OverloadSettings settings, PrintStream out, PrintStream progress)
            throws InterruptedException {
        progress.println("starting the parts");
        Environment environment = Surroundings.of(settings.placement(), settings.kafka());
        try (PolicySite site = PolicySite.open(
                settings.placement(), settings.kafka(), Setup.of(settings.toolTime(), OverloadRun.worker(settings)))) {
            Overload overload = new OverloadRun(settings, site, progress).measure();
            out.print(
                    switch (settings.format()) {
                        case TABLE -> OverloadReport.table(environment, overload);
                        case JSON -> OverloadReport.json(environment, overload);
                    });
            return OverloadReport.isKept(overload) ? 0 : 1;
        }
    }

    /**
     * Lets the Redis behind a worker fail in several ways, and tells what that does to calls. Blocks like {@link #run}.
     *
     * @return the exit code: 0, or 1 where calls suffered more than is promised
     * @throws IOException where there is no {@code redis-server} on the {@code PATH}
     */
    public static int redisFaults(RedisFaultsSettings settings, PrintStream out, PrintStream progress)
            throws InterruptedException, IOException {
        progress.println("starting the parts");
        Placement placement = new Placement(false, 1, Placement.DEFAULT.workerHeapMiB());
        Environment environment = Surroundings.of(placement, KafkaLayout.DEFAULT);
        try (FaultyRedis redis = FaultyRedis.start();
                PolicySite site = PolicySite.open(
                        placement,
                        KafkaLayout.DEFAULT,
                        new Setup(
                                Workload.DEFAULT.payloadBytes(),
                                settings.toolTime(),
                                settings.worker(redis.url().toString()),
                                true))) {
            RedisFaults faults = new RedisFaultsRun(settings, site, redis, progress).measure();
            out.print(faults.table(environment));
            return faults.isKept() ? 0 : 1;
        }
    }
}
