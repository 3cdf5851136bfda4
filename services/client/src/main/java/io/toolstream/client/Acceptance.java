package io.toolstream.client;

import io.toolstream.wire.RecordPosition;

/** The broker's acknowledgement of a call: from here on it ends in a reply or a dead letter. */
public record Acceptance(String id, String correlationId, RecordPosition position) {}
