package io.toolstream.client.deadletters;

import io.toolstream.wire.RecordPosition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a replay sends first and alone, and how they end. What is sent from the beginning on is seen, whichever way
 * its reply goes. For one thread.
 */
final class Trial implements AutoCloseable {
    /** A worker may say a little late that a deadline has passed. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final int wanted;
    private final Duration limit;
    private final Map<RecordPosition, String> calls = new LinkedHashMap<>();
    private final Outcomes outcomes;

    private Trial(int wanted, Duration limit, Outcomes outcomes) {
        this.wanted = wanted;
        this.limit = limit;
        this.outcomes = outcomes;
    }

    /**
     * @param wanted calls, at least one
     * @param timeout of each call
     */
    static Trial begin(Replay.Surroundings surroundings, int wanted, Duration timeout) {
        Outcomes outcomes =
                Outcomes.follow(surroundings.topics(), surroundings.names().events());
        return new Trial(wanted, timeout.plus(GRACE), outcomes);
    }

    boolean isComplete() {
        return calls.size() >= wanted;
    }

    void add(RecordPosition letter, String id) {
        calls.put(letter, id);
    }

    /** It was not sent: no trial. */
    void remove(RecordPosition letter) {
        calls.remove(letter);
    }

    /** Blocks until all have ended, or for their time; which of them did not end well, in words; null if all did. */
    @Nullable
    String trouble(ReplayListener listener) throws InterruptedException {
        if (!calls.isEmpty()) {
            listener.awaitsTrial(calls.size(), limit);
        }
        for (Map.Entry<RecordPosition, String> call : calls.entrySet()) {
            String trouble = outcomes.troubleWith(call.getValue(), limit);
            if (!trouble.isEmpty()) {
                return "the trial call of " + call.getKey() + " " + trouble;
            }
        }
        return null;
    }

    @Override
    public void close() {
        outcomes.close();
    }
}
