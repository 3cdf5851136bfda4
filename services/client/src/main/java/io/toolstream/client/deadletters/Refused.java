package io.toolstream.client.deadletters;

import io.toolstream.wire.RecordPosition;

/**
 * Dead letters that a replay could not send: nothing is on record about them, a later replay means them again.
 *
 * @param topic that their calls came from and would go to
 * @param why it took none of them, for people
 * @param letters how many there are, at least one
 * @param first of them
 */
public record Refused(String topic, String why, long letters, RecordPosition first) {}
