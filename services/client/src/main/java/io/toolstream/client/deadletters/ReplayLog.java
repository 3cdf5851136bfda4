package io.toolstream.client.deadletters;

import io.toolstream.client.deadletters.KeptLetter.State;
import io.toolstream.wire.ReplayEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was done about dead letters so far, folded from the replays topic. As large as there are letters that something was
 * done about. For one thread.
 */
final class ReplayLog {
    /** Numbers above are not told apart; the loop guard is far below. */
    private static final int MOST_NUMBER = 30;

    /** Letter to the numbers under which it was sent, a bit each: what is told twice counts once. */
    private final Map<String, Integer> sent = new HashMap<>();

    private final Set<String> resolved = new HashSet<>();
    /** In the order in which they were begun. */
    private final Map<String, ReplayEntry.Planned> unfinished = new LinkedHashMap<>();

    /** Of those: the letters that each has sent. */
    private final Map<String, Set<String>> sentBy = new HashMap<>();

    private final Set<String> ended = new HashSet<>();

    /** Empty where there is no such topic yet. */
    static ReplayLog read(ReplaysTopic replays) {
        ReplayLog log = new ReplayLog();
        replays.each(log::add);
        return log;
    }

    void add(ReplayEntry entry) {
        if (entry instanceof ReplayEntry.Sent one) {
            sent.merge(one.letter(), bit(one.number()), (some, more) -> some | more);
            sentBy.computeIfPresent(one.plan(), (plan, letters) -> with(letters, one.letter()));
        } else if (entry instanceof ReplayEntry.Resolved one) {
            resolved.add(one.letter());
        } else if (entry instanceof ReplayEntry.Planned planned && !ended.contains(planned.plan())) {
            unfinished.put(planned.plan(), planned);
            sentBy.putIfAbsent(planned.plan(), new HashSet<>());
        } else if (entry instanceof ReplayEntry.Ended over) {
            ended.add(over.plan());
            unfinished.remove(over.plan());
            sentBy.remove(over.plan());
        }
    }

    private static Set<String> with(Set<String> letters, String letter) {
        letters.add(letter);
        return letters;
    }

    /** Whether a replay that has not ended has sent this letter. */
    boolean wasSentBy(String plan, String letter) {
        return sentBy.getOrDefault(plan, Set.of()).contains(letter);
    }

    State state(String letter) {
        if (resolved.contains(letter)) {
            return State.RESOLVED;
        }
        return sent.containsKey(letter) ? State.REPLAYED : State.OPEN;
    }

    /** How often a letter was sent. */
    int sent(String letter) {
        return Integer.bitCount(sent.getOrDefault(letter, 0));
    }

    boolean wasSent(String letter, int number) {
        return (sent.getOrDefault(letter, 0) & bit(number)) != 0;
    }

    /** Replays that were begun and not ended: killed, interrupted, or under way. */
    List<ReplayEntry.Planned> unfinished() {
        return List.copyOf(unfinished.values());
    }

    /** Those of them that were begun before this one; all of them if it was not begun. */
    List<ReplayEntry.Planned> unfinishedBefore(@Nullable String plan) {
        return unfinished.values().stream()
                .takeWhile(planned -> !planned.plan().equals(plan))
                .toList();
    }

    Optional<ReplayEntry.Planned> unfinished(String plan) {
        return Optional.ofNullable(unfinished.get(plan));
    }

    private static int bit(int number) {
        return 1 << Math.min(number, MOST_NUMBER);
    }
}
