package io.toolstream.client.deadletters;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The topics that calls are sent back to, and which of them are closed to us: deleted since, or not permitted. Blocks, since
 * a broker that has just started, or has not heard of a new topic yet, says the same for a moment: it is asked several times,
 * a second apart, before it is believed. For one thread, and for one task: what was seen once counts until it is looked at again.
 */
final class Destinations {
    private static final int LOOKS = 5;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Topics topics;
    private final Pacer.Sleeper sleeper;
    private final Map<String, Integer> partitions = new HashMap<>();
    private final Map<String, String> closed = new HashMap<>();

    Destinations(Topics topics, Pacer.Sleeper sleeper) {
        this.topics = topics;
        this.sleeper = sleeper;
    }

    /** Why nothing can be sent to this topic; null where something can. */
    @Nullable
    String closed(String topic) {
        if (!partitions.containsKey(topic) && !closed.containsKey(topic)) {
            learn(topic, topics.partitions(topic).or(() -> lookedFor(topic)));
        }
        return closed.get(topic);
    }

    /** The same, asked anew: something could not be sent there. */
    @Nullable
    String closedNow(String topic) {
        if (!closed.containsKey(topic)) {
            learn(topic, lookedFor(topic));
        }
        return closed.get(topic);
    }

    /** It takes nothing of ours, whatever it said when it was asked. */
    void close(String topic, String why) {
        closed.put(topic, why);
    }

    /** The partition for a call that stood in this one: the same, unless the topic was made anew with fewer. */
    int partition(String topic, int original) {
        return Math.min(original, partitions.getOrDefault(topic, Integer.MAX_VALUE) - 1);
    }

    private void learn(String topic, Optional<Integer> count) {
        count.ifPresentOrElse(
                known -> partitions.put(topic, known),
                () -> closed.put(topic, "there is no topic " + topic + ", or none that this user may see"));
    }

    private Optional<Integer> lookedFor(String topic) {
        Optional<Integer> count = topics.partitionsNow(topic);
        for (int look = 1; look < LOOKS && count.isEmpty(); look++) {
            pause();
            count = topics.partitionsNow(topic);
        }
        return count;
    }

    private void pause() {
        try {
            sleeper.sleep(BETWEEN_LOOKS.toNanos());
        } catch (InterruptedException e) {
            throw new Interrupted();
        }
    }
}
