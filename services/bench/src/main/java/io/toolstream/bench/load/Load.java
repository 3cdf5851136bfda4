package io.toolstream.bench.load;

/** How calls are put on a target. */
public sealed interface Load permits ClosedLoop, OpenLoop {
    /**
     * Drives the target until the extent is reached and every call is answered or given up. Blocks.
     *
     * @param numbers where call numbers come from; shared by all loads of a run so that none comes twice
     */
    Measurement drive(Target target, Numbers numbers, Extent extent) throws InterruptedException;

    /** Short, for people: {@code 50 in flight}, {@code 1000/s}. */
    String label();
}
