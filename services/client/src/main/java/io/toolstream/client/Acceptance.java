package io.toolstream.client;

import io.toolstream.wire.RecordPosition;

/**
 * The broker's acknowledgement of a call: from here on it ends in a reply or a dead letter.
 *
 * @param id of the call, to cancel it or to ask for its reply later ({@link ToolClient#earlierReplies})
 * @param correlationId what its reply is told by on the reply topic
 * @param position where the call stands on the calls topic
 */
public record Acceptance(String id, String correlationId, RecordPosition position) {}
