package io.toolstream.wire;

/** The wish to cancel the call of this id, wherever it is. */
public record CancelRequest(String id) {}
