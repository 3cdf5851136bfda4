package io.toolstream.cli.batch;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.text.SafeText;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The broker is away while results are waited for: told as it begins and as it ends, and borne for a while. Then the run
 * ends, before its calls time out and their results say so for good: the next run asks for them again. One thread.
 */
final class Outage {
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Console console;
    private final LongSupplier nanoTime;
    private long beganNanos;
    private boolean isOn;

    Outage(Console console, LongSupplier nanoTime) {
        this.console = console;
        this.nanoTime = nanoTime;
    }

    boolean isOn() {
        return isOn;
    }

    /**
     * Takes note of how it is now.
     *
     * @throws CommandFailure where it has lasted too long
     */
    void look(@Nullable String trouble) {
        long nowNanos = nanoTime.getAsLong();
        if (trouble == null) {
            end();
        } else if (!isOn) {
            isOn = true;
            beganNanos = nowNanos;
            tell("waits for the broker, at most " + PATIENCE.toSeconds() + " s: " + trouble);
        } else if (nowNanos - beganNanos > PATIENCE.toNanos()) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "the broker did not come back within " + PATIENCE.toSeconds() + " s: " + trouble);
        }
    }

    private void end() {
        if (isOn) {
            isOn = false;
            tell("the broker is back");
        }
    }

    private void tell(String what) {
        console.err().println("toolstream: " + SafeText.line(what));
    }
}
