package io.toolstream.it.guarantee;

import io.toolstream.testkit.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happened in a run, as seen from outside: what was sent, answered, executed, and where the faults were. Any thread. */
final class History {
    private final Map<String, SentCall> sent = new ConcurrentHashMap<>();
    private final Map<String, List<SeenReply>> replies = new ConcurrentHashMap<>();
    private final List<Crash> crashes = new CopyOnWriteArrayList<>();
    private final List<Execution> executions = new CopyOnWriteArrayList<>();

    void sent(SentCall call) {
        sent.put(call.id(), call);
    }

    void replied(SeenReply reply) {
        replies.computeIfAbsent(reply.id(), unused -> new CopyOnWriteArrayList<>())
                .add(reply);
    }

    void crashed(Crash crash) {
        crashes.add(crash);
    }

    /** How many crashes may have cost this worker its commits. */
    long crashesOf(String worker) {
        return crashes.stream()
                .filter(crash -> crash.workers().contains(worker))
                .count();
    }

    void executed(List<Execution> all) {
        executions.addAll(all);
    }

    List<SentCall> calls() {
        return List.copyOf(sent.values());
    }

    List<SeenReply> repliesTo(String id) {
        return replies.getOrDefault(id, List.of());
    }

    List<SeenReply> allReplies() {
        List<SeenReply> all = new ArrayList<>();
        replies.values().forEach(all::addAll);
        return all;
    }

    List<Execution> executions() {
        return executions;
    }

    List<Crash> crashes() {
        return crashes;
    }

    long unanswered() {
        return sent.keySet().stream().filter(id -> repliesTo(id).isEmpty()).count();
    }
}
