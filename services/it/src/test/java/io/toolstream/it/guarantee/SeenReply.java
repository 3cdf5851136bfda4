package io.toolstream.it.guarantee;

import io.toolstream.wire.Status;

/**
 * A final reply on the reply topic.
 *
 * @param result as JSON text, empty if there is none
 * @param worker who gave it
 * @param why the error's code and message, empty if there is none
 */
record SeenReply(String id, String correlationId, Status status, String result, String why, String worker) {}
