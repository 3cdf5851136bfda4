package io.toolstream.cli.deadletters;

import io.toolstream.cli.Console;
import io.toolstream.client.deadletters.ReplayListener;
import io.toolstream.settings.Durations;
import java.time.Duration;

/** Tells on standard error how a replay gets on: in one line on a terminal, else now and then. */
final class Progress implements ReplayListener {
    private static final int EVERY = 1_000;

    private final Console console;

    Progress(Console console) {
        this.console = console;
    }

    @Override
    public void begun(String plan, long planned) {
        if (planned == 0) {
            console.err().println(plan + ": nothing to send");
            return;
        }
        console.err().println(plan + ": " + planned + " to send; if it is interrupted, --resume " + plan + " goes on");
    }

    @Override
    public void awaitsTrial(long calls, Duration atMost) {
        String trial = calls == 1 ? "the trial call" : "the " + calls + " trial calls";
        console.err()
                .println((console.errIsTerminal() ? "\r" : "") + "waiting until " + trial + " ended, "
                        + Durations.text(atMost) + " at most");
    }

    @Override
    public void sent(long sent, long planned) {
        if (console.errIsTerminal()) {
            console.err().print("\rsent " + sent + " of " + planned + (sent == planned ? "\n" : ""));
            console.err().flush();
        } else if (sent % EVERY == 0) {
            console.err().println("sent " + sent + " of " + planned);
        }
    }
}
