package io.toolstream.worker.effects;

import io.toolstream.wire.CallError;
import io.toolstream.wire.EffectEntry;
import io.toolstream.wire.EffectEntry.Claimed;
import io.toolstream.wire.EffectEntry.Concluded;
import io.toolstream.wire.EffectEntry.Source;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Status;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * A broker's log and workers at it, all on one thread and in an order that a seed decides: records wait before they are
 * appended, acknowledgements are late, lost or come after a failure was reported, readers lag, workers stop and go on
 * (zombies) or die, calls are delivered again and committed.
 */
final class SimulatedLedger implements InstantSource {
    private static final int WORKERS = 3;
    private static final int CALLS = 4;

    final Map<String, Integer> dispatches = new HashMap<>();

    /** Calls that ran, and calls that were answered as not run. */
    private final Set<Integer> ran = new HashSet<>();

    private final Set<Integer> saidNotRun = new HashSet<>();
    private final SplittableRandom random;
    private final Bug bug;
    private final List<EffectEntry> log = new ArrayList<>();
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final Set<Integer> settled = new HashSet<>();
    private int committed;
    private int claims;

    /** What is wrong on purpose, to see that the check sees it. */
    enum Bug {
        NONE,
        /** Takes an acknowledgement for the knowledge of everything below it. */
        KNOWS_TOO_MUCH,
        /** Forgets effects that may be claimed again. */
        FORGETS_TOO_EARLY,
        /** Takes a failed acknowledgement for a claim that is not in the log. */
        RELEASES_WHAT_RUNS,
        /** Gives back the effect of a call that is answered as not run, as if it were left to others. */
        RELEASES_WHAT_IS_ANSWERED,
        /** Looks whether the call is left to others only when it says so, after it was answered. */
        DECIDES_AFTER_THE_ANSWER
    }

    SimulatedLedger(long seed, Bug bug) {
        this.random = new SplittableRandom(seed);
        this.bug = bug;
        for (int i = 0; i < WORKERS; i++) {
            workers.add(new SimulatedWorker());
        }
    }

    /** Returns the largest number of dispatches of one effect. */
    int run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        return dispatches.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Calls that ran although they were, or will be, answered as not run. */
    Set<Integer> untrue() {
        Set<Integer> both = new HashSet<>(ran);
        both.retainAll(saidNotRun);
        return both;
    }

    private void step() {
        SimulatedWorker worker = workers.get(random.nextInt(workers.size()));
        switch (random.nextInt(18)) {
            case 0, 1, 2 -> deliver(worker);
            case 3, 4, 5, 6 -> worker.append();
            case 7, 8, 9 -> worker.acknowledge();
            case 10, 11, 12 -> worker.read();
            case 13 -> worker.finishSomething();
            case 14, 15 -> worker.sayWhatIsOwed();
            case 16 -> housekeeping(worker);
            default -> perhapsDie(worker);
        }
    }

    /** A call that is not committed goes to anybody; one that is, only to whoever had it in hand before. */
    private void deliver(SimulatedWorker worker) {
        int call = random.nextInt(CALLS);
        if (call >= committed) {
            worker.hands.add(call);
        }
        if (worker.hands.contains(call)) {
            worker.claim(call);
        }
    }

    private void housekeeping(SimulatedWorker worker) {
        while (settled.contains(committed)) {
            committed++;
        }
        worker.partition.committed(committed);
        if (bug == Bug.FORGETS_TOO_EARLY) {
            worker.claimLog.forget(Long.MAX_VALUE);
        } else {
            worker.partition.forget();
        }
    }

    private void perhapsDie(SimulatedWorker worker) {
        if (random.nextInt(6) == 0) {
            workers.set(workers.indexOf(worker), new SimulatedWorker());
        }
    }

    @Override
    public java.time.Instant instant() {
        return java.time.Instant.ofEpochMilli(1_000);
    }

    private final class SimulatedWorker implements EffectLog {
        private final ClaimLog claimLog = new ClaimLog(1_000, 1_000_000);
        private final LedgerPartition partition =
                new LedgerPartition(0, this, claimLog, new LedgerCounts(), SimulatedLedger.this);
        private final List<Sending> sending = new ArrayList<>();
        private final List<Sending> unacknowledged = new ArrayList<>();
        private final List<Claimed> running = new ArrayList<>();
        private final List<Runnable> owed = new ArrayList<>();
        private final Set<Integer> hands = new HashSet<>();
        private int position;

        private SimulatedWorker() {
            partition.startAt(0);
        }

        void claim(int call) {
            boolean isKept = call % 2 == 0; // these two have the same key
            Claimed claimed = new Claimed(
                    isKept ? "key" : "call-" + call,
                    "claim-" + ++claims,
                    "digest",
                    new Source(call, 0, isKept),
                    partition.floor());
            CompletableFuture<Verdict> verdict = partition.claim(claimed);
            boolean[] isGivenUp = new boolean[1];
            if (random.nextInt(5) == 0 && !verdict.isDone()) {
                isGivenUp[0] = true;
                partition.giveUp(claimed);
            }
            var unused = verdict.thenAccept(judged -> {
                if (!isGivenUp[0]) {
                    judged(claimed, call, judged);
                }
            });
        }

        private void judged(Claimed claimed, int call, Verdict verdict) {
            if (verdict instanceof Verdict.Won) {
                if (random.nextInt(6) == 0) {
                    var unused = partition.release(claimed);
                } else if (random.nextInt(4) == 0) {
                    answerAsNotRun(claimed, call);
                } else {
                    ran.add(call);
                    dispatches.merge(claimed.key(), 1, Integer::sum);
                    running.add(claimed);
                }
            } else if (verdict instanceof Verdict.Held held && random.nextInt(3) == 0) {
                var unused = partition.doubt(new Concluded(claimed.key(), held.claim(), Status.IN_DOUBT, null, null));
                settled.add(call);
            } else if (verdict instanceof Verdict.Settled) {
                settled.add(call);
            }
        }

        /** The caller is told first, the ledger some time later, or never if the worker dies. */
        private void answerAsNotRun(Claimed claimed, int call) {
            saidNotRun.add(call);
            owed.add(() -> {
                var unused = notRun(claimed).thenRun(() -> settled.add(call));
            });
        }

        private CompletableFuture<Void> notRun(Claimed claimed) {
            boolean isTakenAwayMeanwhile = bug == Bug.DECIDES_AFTER_THE_ANSWER && random.nextInt(3) == 0;
            if (isTakenAwayMeanwhile || bug == Bug.RELEASES_WHAT_IS_ANSWERED) {
                return partition.release(claimed);
            }
            CallError error = new CallError("connect-failed", "", true, null, MayHaveRun.NO, null);
            return partition.refuse(new Concluded(claimed.key(), claimed.claim(), Status.UNAVAILABLE, null, error));
        }

        void finishSomething() {
            if (!running.isEmpty()) {
                Claimed claimed = running.remove(random.nextInt(running.size()));
                owed.add(() -> {
                    var unused = partition
                            .conclude(new Concluded(claimed.key(), claimed.claim(), Status.OK, null, null))
                            .thenRun(() -> settled.add((int) claimed.source().offset()));
                });
            }
        }

        void sayWhatIsOwed() {
            if (!owed.isEmpty()) {
                owed.remove(random.nextInt(owed.size())).run();
            }
        }

        @Override
        public CompletableFuture<Long> append(int number, EffectEntry entry) {
            Sending send = new Sending(entry, new CompletableFuture<>(), new long[] {-1});
            sending.add(send);
            return send.offset();
        }

        /** The broker takes one of the records under way; some fail without being taken, some are taken and fail. */
        void append() {
            if (sending.isEmpty()) {
                return;
            }
            Sending send = sending.remove(random.nextInt(sending.size()));
            if (random.nextInt(12) > 0) {
                send.at()[0] = log.size();
                log.add(send.entry());
            }
            unacknowledged.add(send);
        }

        void acknowledge() {
            if (unacknowledged.isEmpty()) {
                return;
            }
            Sending send = unacknowledged.remove(random.nextInt(unacknowledged.size()));
            if (send.at()[0] < 0 || random.nextInt(8) == 0) {
                send.offset().completeExceptionally(new IllegalStateException("lost"));
                if (bug == Bug.RELEASES_WHAT_RUNS && send.entry() instanceof Claimed claimed) {
                    partition.giveUp(claimed);
                }
                return;
            }
            if (bug == Bug.KNOWS_TOO_MUCH) {
                partition.readUpTo(send.at()[0]);
            }
            send.offset().complete(send.at()[0]);
        }

        void read() {
            int upTo = Math.min(log.size(), position + random.nextInt(4));
            while (position < upTo) {
                partition.read(position, log.get(position), 0);
                position++;
            }
            partition.readUpTo(position);
        }

        @Override
        public CompletableFuture<EffectEntry> read(int number, long offset) {
            return CompletableFuture.completedFuture(log.get((int) offset));
        }

        @Override
        public void follow(int number, Reader reader) {}

        @Override
        public void leave(int number) {}

        @Override
        public void hurry() {}

        @Override
        public void close() {}
    }

    private record Sending(EffectEntry entry, CompletableFuture<Long> offset, long[] at) {}
}
