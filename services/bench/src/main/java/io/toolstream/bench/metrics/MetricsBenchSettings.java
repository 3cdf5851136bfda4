package io.toolstream.bench.metrics;

/**
 * What is put on the events topic.
 *
 * @param events written before the app starts
 * @param tools they are of
 * @param perSecond written afterwards, at a steady pace, to see how old the records are that come of them
 * @param seconds for so long
 * @param place where the app runs
 */
public record MetricsBenchSettings(int events, int tools, int perSecond, int seconds, MetricsPlace place) {
    public static final MetricsBenchSettings DEFAULT =
            new MetricsBenchSettings(1_000_000, 50, 1_000, 20, MetricsPlace.SHARED);

    public MetricsBenchSettings {
        if (events < 1_000 || tools < 1 || perSecond < 1 || seconds < 1) {
            throw new IllegalArgumentException(
                    "at least 1,000 events, and one tool, one event a second and one second");
        }
    }
}
