package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** A record ready to be produced, except for its topic and partition, which the one who publishes it decides. */
public record OutboundRecord(byte @Nullable [] key, byte[] value, Headers headers) {}
