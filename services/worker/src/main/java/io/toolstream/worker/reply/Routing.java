package io.toolstream.worker.reply;

import io.toolstream.wire.Refusal;

/** Whether the reply route a call asked for can be used. */
public sealed interface Routing {
    /** The reply goes there. */
    record Permitted(Destination destination) implements Routing {}

    /** There is nowhere to reply to; the call is refused and kept as a dead letter. */
    record Forbidden(Refusal refusal) implements Routing {}
}
