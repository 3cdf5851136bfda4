package io.toolstream.bench;

import io.toolstream.bench.report.Checkpoint;
import io.toolstream.bench.report.Environment;
import io.toolstream.bench.report.JsonReport;
import io.toolstream.bench.report.Samples;
import io.toolstream.bench.report.SoakReport;
import io.toolstream.bench.report.TableReport;
import java.io.PrintStream;
import java.util.List;

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
     * @return the exit code: 0, or 1 where a call was lost, failed or answered wrongly
     */
    public static int soak(SoakSettings settings, PrintStream out, PrintStream progress) throws InterruptedException {
        progress.println("starting the parts");
        Environment environment = Surroundings.of(settings.site());
        try (Site site = Site.open(settings.site())) {
            List<Checkpoint> checkpoints = new SoakRun(settings, site, progress).drive();
            out.print(
                    switch (settings.format()) {
                        case TABLE -> SoakReport.table(environment, checkpoints);
                        case JSON -> SoakReport.json(environment, checkpoints);
                    });
            return checkpoints.stream().allMatch(checkpoint -> checkpoint.failures() == 0) ? 0 : 1;
        }
    }
}
