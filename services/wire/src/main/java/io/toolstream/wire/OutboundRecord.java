package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * A record ready to be produced, except for its topic and partition, which the one who publishes it decides.
 *
 * @param value null: a tombstone on a compacted topic, or the dead letter of a record that had none
 */
public record OutboundRecord(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {}
