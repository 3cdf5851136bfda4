package io.toolstream.client.deadletters;

import io.toolstream.client.deadletters.ReplayReport.End;
import io.toolstream.client.deadletters.ReplayReport.Ending;

/** Leaves a replay that cannot go on, out of the reading of the letters. */
final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Ending ending;
    private final String why;

    private Stopped(Ending ending, String why) {
        super(why, null, false, false);
        this.ending = ending;
        this.why = why;
    }

    /** A trial call did not end well: the replay is over. */
    static Stopped afterTrial(String why) {
        return new Stopped(Ending.TRIAL_FAILED, why);
    }

    /** The replay can be gone on with. */
    static Stopped cannotSend(String why) {
        return new Stopped(Ending.CANNOT_SEND, "cannot send: " + why);
    }

    End end() {
        return new End(ending, why);
    }
}
