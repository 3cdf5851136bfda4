package io.toolstream.bench.mcp;

import io.toolstream.bench.contender.Payload;
import io.toolstream.bench.contender.StubTarget;
import java.net.URI;
import java.util.Locale;

/** A process that calls one tool and says how many milliseconds that took: to open the server, and to the answer. */
final class FirstCallMain {
    private static final double NANOS_PER_MILLI = 1e6;

    private FirstCallMain() {}

    /** Takes the URL of a server that echoes. */
    public static void main(String[] args) {
        long beganNanos = System.nanoTime();
        try (StubTarget target = new StubTarget(URI.create(args[0]), new Payload(256))) {
            target.call(1).toCompletableFuture().join();
            double millis = (System.nanoTime() - beganNanos) / NANOS_PER_MILLI;
            System.out.printf(Locale.ROOT, "%.1f%n", millis);
        }
    }
}
