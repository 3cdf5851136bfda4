package io.toolstream.cli.deadletters;

import io.toolstream.cli.Console;
import io.toolstream.client.deadletters.ReplayListener;
import io.toolstream.settings.Durations;
import java.time.Duration;

/** Tells on standard error how a replay gets on: in one line on a terminal, else now and then. */
final class Progress implements ReplayListener {
    private static final int EVERY = 1_000;

    private final Console console;
    private String plan = "";
    private boolean isLineOpen;

    Progress(Console console) {
        this.console = console;
    }

    /** The replay that was begun; empty before. */
    String plan() {
        return plan;
    }

    /** There is nothing more to tell. */
    void end() {
        if (isLineOpen) {
            console.err().println();
            isLineOpen = false;
        }
    }

    @Override
    public void begun(String plan, long planned) {
        this.plan = plan;
        if (planned == 0) {
            console.err().println(plan + ": nothing to send");
            return;
        }
        console.err().println(plan + ": " + planned + " to send; if it is interrupted, --resume " + plan + " goes on");
    }

    @Override
    public void awaitsTrial(long calls, Duration atMost) {
        end();
        String trial = calls == 1 ? "the trial call" : "the " + calls + " trial calls";
        console.err().println("waiting until " + trial + " ended, " + Durations.text(atMost) + " at most");
    }

    @Override
    public void sent(long sent, long planned) {
        if (console.errIsTerminal()) {
            console.err().print("\rsent " + sent + " of " + planned);
            console.err().flush();
            isLineOpen = true;
        } else if (sent % EVERY == 0) {
            console.err().println("sent " + sent + " of " + planned);
        }
    }
}
