package io.toolstream.it.guarantee;

import io.toolstream.settings.Effect;
import io.toolstream.testkit.Execution;
import io.toolstream.testkit.ExecutionJournal;
import io.toolstream.wire.Status;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The promises as checks of a history: each says what breaks it, call by call. Pure. */
final class Checks {
    private static final Pattern TOKEN = Pattern.compile("token-k?[0-9]+");
    private static final Set<Status> DID_NOT_RUN =
            Set.of(Status.REJECTED, Status.UNAVAILABLE, Status.EXPIRED, Status.CANCELLED);

    private Checks() {}

    /** Every call that was accepted has a final reply. */
    static List<String> lost(History history) {
        return history.calls().stream()
                .filter(call -> history.repliesTo(call.id()).isEmpty())
                .map(call -> call + " has no reply")
                .toList();
    }

    /** A reply belongs to one call that was sent: its ids and its result say so. */
    static List<String> foreign(History history) {
        Map<String, SentCall> calls = history.calls().stream().collect(Collectors.toMap(SentCall::id, call -> call));
        return history.allReplies().stream()
                .filter(reply -> !belongsTo(calls.get(reply.id()), reply))
                .map(reply -> reply + " is foreign")
                .toList();
    }

    private static boolean belongsTo(@Nullable SentCall call, SeenReply reply) {
        return call != null
                && reply.correlationId().equals(call.id())
                && TOKEN.matcher(reply.result())
                        .results()
                        .map(MatchResult::group)
                        .allMatch(call.token()::equals);
    }

    /** What is committed is answered: promise 3, at one instant. */
    static List<String> committedUnanswered(History history, Map<Integer, Long> committed) {
        return history.calls().stream()
                .filter(call -> call.isAtHome()
                        && call.place().offset()
                                < committed.getOrDefault(call.place().partition(), 0L))
                .filter(call -> history.repliesTo(call.id()).isEmpty())
                .map(call -> call + " is committed and not answered")
                .toList();
    }

    /** A tool that runs once has run once at most, whatever calls asked for the same. */
    static List<String> ranTwice(History history) {
        Map<String, Long> runs = runs(history);
        return tokens(history, Effect.ONCE).stream()
                .filter(token -> runs.getOrDefault(token, 0L) > 1)
                .map(token -> token + " ran " + runs.get(token) + " times")
                .toList();
    }

    /** A reply of a tool that runs once says truly whether it ran. */
    static List<String> untrue(History history) {
        Map<String, Long> runs = runs(history);
        return history.calls().stream()
                .filter(call -> call.effect() == Effect.ONCE)
                .flatMap(call -> history.repliesTo(call.id()).stream()
                        .filter(reply -> (reply.status() == Status.OK && !runs.containsKey(call.token()))
                                || (saysNo(history, call, reply) && runs.containsKey(call.token())))
                        .map(reply -> reply + " of " + call.token() + ", which ran " + runs.get(call.token())))
                .toList();
    }

    /** Of calls with the same key, one may be refused and another one run. */
    private static boolean saysNo(History history, SentCall call, SeenReply reply) {
        long same = history.calls().stream()
                .filter(other -> other.token().equals(call.token()))
                .count();
        return DID_NOT_RUN.contains(reply.status()) && same == 1;
    }

    /** A second reply needs a crash that found the call uncommitted; each crash allows one. */
    static List<String> unexplainedDuplicates(History history) {
        return history.calls().stream()
                .filter(SentCall::isAtHome)
                .filter(call -> history.repliesTo(call.id()).size() - 1 > crashesThatFoundOpen(history, call))
                .map(call -> call + " has " + history.repliesTo(call.id()).size() + " replies, after "
                        + crashesThatFoundOpen(history, call) + " crashes that explain one")
                .toList();
    }

    private static long crashesThatFoundOpen(History history, SentCall call) {
        return history.crashes().stream().filter(crash -> crash.foundOpen(call)).count();
    }

    /**
     * A crash has at most so many calls of one partition run again: those handed out and not covered by a commit. A second
     * reply is put down to the worker that answered first, if that one crashed; a crash of the broker is one of each worker
     * that ran then.
     */
    static List<String> beyondTheBound(History history, int most) {
        Map<String, Long> found = history.calls().stream()
                .filter(SentCall::isAtHome)
                .filter(call -> history.repliesTo(call.id()).size() > 1)
                .collect(Collectors.groupingBy(
                        call -> culprit(history, call) + " in partition "
                                + call.place().partition(),
                        Collectors.counting()));
        return found.entrySet().stream()
                .filter(each -> each.getValue() > (long) most * history.crashesOf(worker(each.getKey())))
                .map(each -> each.getKey() + " had " + each.getValue() + " calls run again, with "
                        + history.crashesOf(worker(each.getKey())) + " crashes")
                .toList();
    }

    private static String culprit(History history, SentCall call) {
        List<SeenReply> replies = history.repliesTo(call.id());
        return replies.stream()
                .map(SeenReply::worker)
                .filter(worker -> history.crashesOf(worker) > 0)
                .findFirst()
                .orElse(replies.get(0).worker());
    }

    private static String worker(String culprit) {
        return culprit.substring(0, culprit.indexOf(' '));
    }

    static long duplicates(History history) {
        return history.calls().stream()
                .mapToLong(call -> Math.max(0, history.repliesTo(call.id()).size() - 1))
                .sum();
    }

    /**
     * Calls of one ordering key begin in the order in which they were accepted; what runs again does not count. The order
     * is that of one assignment: a crash that found the earlier call uncommitted has it taken again, perhaps after a later
     * one, and explains the breach. A restart in good order explains none.
     */
    static List<String> unexplainedDisorder(History history) {
        return outOfOrder(history).stream()
                .filter(breach -> crashesThatFoundOpen(history, breach.earlier()) == 0)
                .map(breach -> breach.later() + " began before " + breach.earlier())
                .toList();
    }

    static List<Ordering.Breach> outOfOrder(History history) {
        Map<String, Long> firstStarts = history.executions().stream()
                .collect(Collectors.toMap(Execution::argumentsDigest, Execution::startMillis, Math::min));
        Map<String, List<SentCall>> byKey = history.calls().stream()
                .filter(call -> call.orderingKey() != null && call.isAtHome())
                .collect(Collectors.groupingBy(call -> Objects.requireNonNull(call.orderingKey())));
        return byKey.values().stream()
                .flatMap(calls -> Ordering.breaches(calls, firstStarts).stream())
                .toList();
    }

    private static Map<String, Long> runs(History history) {
        Map<String, String> tokens = history.calls().stream()
                .map(SentCall::token)
                .distinct()
                .collect(Collectors.toMap(token -> ExecutionJournal.digest(SentCall.arguments(token)), token -> token));
        return history.executions().stream()
                .filter(run -> tokens.containsKey(run.argumentsDigest()))
                .collect(Collectors.groupingBy(
                        run -> tokens.getOrDefault(run.argumentsDigest(), ""), Collectors.counting()));
    }

    private static Set<String> tokens(History history, Effect effect) {
        return history.calls().stream()
                .filter(call -> call.effect() == effect)
                .map(SentCall::token)
                .collect(Collectors.toSet());
    }
}
