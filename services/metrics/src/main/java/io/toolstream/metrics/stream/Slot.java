package io.toolstream.metrics.stream;

import io.toolstream.wire.MetricsScope;

/** The shortest window of one scope: what is counted by; longer windows are several of them. */
record Slot(MetricsScope scope, long startMillis) {}
