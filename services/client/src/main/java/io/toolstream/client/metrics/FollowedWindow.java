package io.toolstream.client.metrics;

import io.toolstream.wire.Decoded;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.MetricsCodec;
import io.toolstream.wire.WindowMetrics;
import io.toolstream.wire.WindowMetrics.Window;
import java.util.Optional;

/**
 * A record of the metrics topic. Which window it is about is known from its key; its figures are read when they are wanted.
 *
 * @param record its value is JSON
 */
public record FollowedWindow(Window window, InboundRecord record) {
    private static final MetricsCodec CODEC = new MetricsCodec();

    /** Empty if they cannot be read: then a newer program wrote them. */
    public Optional<WindowMetrics> metrics() {
        return CODEC.decode(record) instanceof Decoded.WellFormed<WindowMetrics> wellFormed
                ? Optional.of(wellFormed.value())
                : Optional.empty();
    }
}
