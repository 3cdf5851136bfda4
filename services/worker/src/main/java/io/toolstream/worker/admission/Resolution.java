package io.toolstream.worker.admission;

import io.toolstream.wire.Refusal;
import io.toolstream.worker.invoke.Tool;

/** What the catalogue knows of the tool a call asks for. */
sealed interface Resolution {
    /** This is it. */
    record Found(Tool tool) implements Resolution {}

    /** It cannot be called. */
    record Refused(Refusal refusal) implements Resolution {}

    /** It cannot be called as far as is known, but this server's list may have changed. */
    record PerhapsStale(String server, Refusal refusal) implements Resolution {}
}
