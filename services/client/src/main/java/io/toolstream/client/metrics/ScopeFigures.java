package io.toolstream.client.metrics;

import io.toolstream.wire.CallFigures;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.StateFigures;
import org.jspecify.annotations.Nullable;

/**
 * What one scope did within some time.
 *
 * @param perSecond calls
 * @param state null for tools, and where no worker told
 */
public record ScopeFigures(
        MetricsScope scope,
        CallFigures calls,
        double perSecond,
        @Nullable StateFigures state) {}
