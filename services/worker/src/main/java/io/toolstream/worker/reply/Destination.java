package io.toolstream.worker.reply;

import org.jspecify.annotations.Nullable;

/** A topic that a reply may go to; without a partition, the correlation id decides it. */
public record Destination(String topic, @Nullable Integer partition) {}
