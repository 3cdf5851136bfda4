package io.toolstream.kafka;

/**
 * How many records of one partition a crash would have run again: those handed over and not covered by an acknowledged
 * commit. The poll thread owns it.
 */
final class Exposure {
    private final int most;
    private long begun;
    private long covered;

    Exposure(int most) {
        this.most = most;
    }

    /** Nothing more is handed over until a commit covers some. */
    boolean isFull() {
        return begun - covered >= most;
    }

    /** True while it is worth to commit soon. */
    boolean isPressing() {
        return 2 * (begun - covered) >= most;
    }

    void begun() {
        begun++;
    }

    /**
     * How many records a commit covers that says all that is done now.
     *
     * @param running records with the handler, or more
     * @param untold done ones that did not fit into the commit. They may run again; one record at a time goes on all the
     *     same, or nothing would ever become of them
     */
    long coveredBy(int running, long untold) {
        return begun - running - Math.min(untold, most - 1);
    }

    /** The broker has acknowledged a commit that covers so many. */
    void acknowledged(long coveredNow) {
        covered = coveredNow;
    }
}
