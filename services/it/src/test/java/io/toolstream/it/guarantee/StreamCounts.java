package io.toolstream.it.guarantee;

import io.toolstream.client.metrics.FollowedWindow;
import io.toolstream.client.metrics.MetricsFollower;
import io.toolstream.client.metrics.MetricsTable;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.wire.CallFigures;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.WindowLength;
import io.toolstream.wire.WindowMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the metrics topic says in all, from the records written since it began to look. */
final class StreamCounts implements AutoCloseable {
    private static final Duration REACH = Duration.ofHours(1);

    private final MetricsTable table = new MetricsTable(256L << 20);
    private final MetricsFollower follower;

    /** @param sinceMillis older records are not looked at */
    StreamCounts(String bootstrapServers, long sinceMillis) {
        this.follower = MetricsFollower.start(
                new KafkaConnection(bootstrapServers, "stream-counts", Map.of()), Scene.TOPICS, REACH, followed -> {
                    if (followed.record().timestampMillis() >= sinceMillis) {
                        table.accept(followed);
                    }
                });
    }

    /** All windows of one length added up. */
    CallFigures sum(WindowLength length, MetricsScope.Kind kind) {
        CallFigures sum = new CallFigures();
        windows(length, kind).forEach(metrics -> sum.add(metrics.calls()));
        return sum;
    }

    /** Of windows with calls; workers go on telling how they are, and so there is always one that is not over. */
    boolean areAllFinal() {
        return windows(WindowLength.TEN_SECONDS, MetricsScope.Kind.TOTAL).stream()
                .filter(metrics -> metrics.calls().calls() > 0)
                .allMatch(metrics -> metrics.issue().isFinal());
    }

    private List<WindowMetrics> windows(WindowLength length, MetricsScope.Kind kind) {
        return table.find(window -> window.length() == length && window.scope().kind() == kind).stream()
                .map(FollowedWindow::metrics)
                .map(metrics -> metrics.orElseThrow())
                .toList();
    }

    @Override
    public void close() {
        follower.close();
    }
}
