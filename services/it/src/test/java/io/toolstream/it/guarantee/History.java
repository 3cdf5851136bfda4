package io.toolstream.it.guarantee;

import io.toolstream.testkit.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What happened in a run, as seen from outside: what was sent, answered, executed, and where the faults were. Any thread. */
final class History {
    private final Map<String, SentCall> sent = new ConcurrentHashMap<>();
    private final Map<String, List<SeenReply>> replies = new ConcurrentHashMap<>();
    private final List<Map<Integer, Long>> crashes = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> crashesByWorker = new ConcurrentHashMap<>();
    private final AtomicInteger crashesOfAll = new AtomicInteger();
    private final List<Execution> executions = new CopyOnWriteArrayList<>();

    void sent(SentCall call) {
        sent.put(call.id(), call);
    }

    void replied(SeenReply reply) {
        replies.computeIfAbsent(reply.id(), unused -> new CopyOnWriteArrayList<>())
                .add(reply);
    }

    /** A worker was ended or stopped without being asked; what was committed right after, by partition. */
    void crashed(String worker, Map<Integer, Long> committed) {
        crashes.add(Map.copyOf(committed));
        crashesByWorker.merge(worker, 1, Integer::sum);
    }

    /** The broker was, which may cost any worker its commits. */
    void crashed(Map<Integer, Long> committed) {
        crashes.add(Map.copyOf(committed));
        crashesOfAll.incrementAndGet();
    }

    /** How often this worker was ended or stopped, or the broker was. */
    int crashesOf(String worker) {
        return crashesByWorker.getOrDefault(worker, 0) + crashesOfAll.get();
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

    List<Map<Integer, Long>> crashes() {
        return crashes;
    }

    long unanswered() {
        return sent.keySet().stream().filter(id -> repliesTo(id).isEmpty()).count();
    }
}
