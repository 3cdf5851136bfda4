package io.toolstream.bench.metrics;

import io.toolstream.bench.place.LocalPart;
import io.toolstream.bench.place.PartProcess;
import io.toolstream.bench.place.PlacedPart;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Where the app runs. */
public enum MetricsPlace {
    /** In this process, beside the broker. */
    SHARED("broker and start included"),
    /** In a process of its own on core 0, everything else being on the others; needs {@code taskset}. */
    OWN_CORE("of the app alone, on a core of its own");

    private static final List<String> OPTIONS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dlogback.configurationFile=io/toolstream/bench/part-logback.xml");

    private final String words;

    MetricsPlace(String words) {
        this.words = words;
    }

    /** Blocks until the app counts. */
    PlacedPart start(Map<String, String> settings) throws InterruptedException {
        if (this == SHARED) {
            return new LocalPart(MetricsPart.start(settings));
        }
        try {
            pin(ProcessHandle.current().pid(), "1-" + (Runtime.getRuntime().availableProcessors() - 1));
            PlacedPart app = PartProcess.start(MetricsPartMain.class, "metrics", OPTIONS, settings);
            pin(app.figures().pid(), "0");
            return app;
        } catch (IOException e) {
            throw new IllegalStateException("the app cannot have a core of its own: " + e.getMessage(), e);
        }
    }

    /** All threads that the process has, and those that they will start. */
    private static void pin(long pid, String cores) throws IOException, InterruptedException {
        Process pinning = new ProcessBuilder("taskset", "-acp", cores, Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!pinning.waitFor(10, TimeUnit.SECONDS) || pinning.exitValue() != 0) {
            pinning.destroy();
            throw new IOException("taskset -acp " + cores + " does not work");
        }
    }

    /** Whose processor time is told. */
    @Override
    public String toString() {
        return words;
    }
}
