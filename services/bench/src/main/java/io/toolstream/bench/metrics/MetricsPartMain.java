package io.toolstream.bench.metrics;

import io.toolstream.bench.place.PartServer;
import java.io.IOException;

/** The main class of the app's own process. */
final class MetricsPartMain {
    private MetricsPartMain() {}

    public static void main(String[] arguments) throws IOException {
        PartServer.serve(MetricsPart::start, arguments[1]);
    }
}
