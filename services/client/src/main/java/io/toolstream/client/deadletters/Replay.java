package io.toolstream.client.deadletters;

import io.toolstream.client.deadletters.ReplayReport.End;
import io.toolstream.client.deadletters.ReplayReport.Ending;
import io.toolstream.client.deadletters.Sending.Unsent;
import io.toolstream.kafka.BrokerUnavailableException;
import io.toolstream.wire.Call;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayEntry;
import io.toolstream.wire.ReplayEntry.Author;
import io.toolstream.wire.ReplayEntry.Planned;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of a replay: the canaries first and, if all of them went well, the others. How far it got stands on the replays
 * topic, so that another run sends what this one has not. A letter whose topic is closed is left out, the others go on. For
 * one thread.
 */
final class Replay {
    /** Beyond this many calls a run that was killed would have much to look through. */
    private static final int CHECKPOINT = 1_000;

    private final Surroundings surroundings;
    private final Selecting selecting;
    private final Selecting.Done done;
    private final ReplayListener listener;
    private final ReplaysTopic replays;
    private final Sending sending;
    private final Undelivered undelivered;
    private final Pacer pacer;
    private Planned plan;
    private long handedOver;
    private long sent;
    private @Nullable Trial trial;

    Replay(
            Surroundings surroundings,
            Planned plan,
            Selecting selecting,
            Selecting.Done done,
            Predicate<String> replyTopics,
            ReplayListener listener) {
        this.surroundings = surroundings;
        this.plan = plan;
        this.selecting = selecting;
        this.done = done;
        this.listener = listener;
        this.replays = new ReplaysTopic(surroundings.topics(), surroundings.names());
        this.sending = new Sending(surroundings, done.destinations(), plan, replyTopics);
        this.undelivered = new Undelivered(done.destinations());
        this.pacer = new Pacer(plan.terms().perSecond(), surroundings.nanoTime(), surroundings.sleeper());
    }

    /**
     * What a replay stands on.
     *
     * @param nanoTime as {@link System#nanoTime()}
     */
    record Surroundings(
            Topics topics, TopicNames names, InstantSource clock, LongSupplier nanoTime, Pacer.Sleeper sleeper) {}

    ReplayReport run() {
        try {
            note(plan.isProven());
            listener.begun(plan.plan(), selecting.selected().size());
            sendAll();
            return over(end());
        } catch (Stopped e) {
            return e.end().ending() == Ending.TRIAL_FAILED ? over(e.end()) : report(e.end());
        } catch (InterruptedException | Interrupted e) {
            Thread.currentThread().interrupt();
            return interrupted();
        } catch (BrokerUnavailableException e) {
            if (Thread.currentThread().isInterrupted()) {
                return interrupted();
            }
            throw e;
        } finally {
            closeTrial();
        }
    }

    private void sendAll() throws InterruptedException {
        if (!plan.isProven() && plan.terms().canary() > 0) {
            Duration timeout = Duration.ofMillis(plan.terms().timeoutMillis());
            trial = Trial.begin(surroundings, plan.terms().canary(), timeout);
        }
        surroundings
                .topics()
                .readFrom(surroundings.names().deadLetters(), selecting.beginnings(), this::sendIfSelected);
        settle();
        if (trial != null) {
            awaitTrial(trial);
        }
    }

    private void sendIfSelected(InboundRecord record) {
        if (!selecting.selected().contains(record.position())) {
            return;
        }
        try {
            KeptLetter letter = KeptLetter.of(record, done.log(), done.tools()).orElseThrow();
            Call call = letter.call();
            if (call != null && !selecting.refuseIfClosed(letter)) {
                send(letter, call);
            }
        } catch (InterruptedException e) {
            throw new Interrupted();
        }
    }

    private void send(KeptLetter letter, Call call) throws InterruptedException {
        Trial first = trial;
        if (first != null && first.isComplete()) {
            settle();
            if (first.isComplete()) { // else one of them was not sent, and another takes its place
                awaitTrial(first);
            }
        }
        pacer.await();
        String id = sending.send(letter, call);
        if (trial != null) {
            trial.add(letter.position(), id);
        }
        sent++;
        handedOver++;
        judgeUnsent();
        listener.sent(sent, selecting.selected().size());
        if (handedOver % CHECKPOINT == 0) {
            settle();
            note(plan.isProven());
        }
    }

    /** Blocks until all that were sent are acknowledged and told of, or refused. */
    private void settle() throws InterruptedException {
        do {
            sending.settle();
        } while (judgeUnsent());
    }

    /** Whether something was sent again. */
    private boolean judgeUnsent() throws InterruptedException {
        String trouble = sending.trouble();
        if (trouble != null) {
            throw Stopped.cannotSend(trouble);
        }
        boolean isSentAgain = false;
        for (Unsent one = sending.nextUnsent(); one != null; one = sending.nextUnsent()) {
            isSentAgain |= judge(one);
        }
        return isSentAgain;
    }

    private boolean judge(Unsent unsent) throws InterruptedException {
        switch (undelivered.judge(unsent)) {
            case AGAIN -> {
                String unused = sending.send(unsent.letter(), unsent.call());
                return true;
            }
            case CLOSED -> {
                boolean unused = selecting.refuseIfClosed(unsent.letter());
            }
            case TOO_LARGE -> selecting.refuse(unsent.letter(), Undelivered.why(unsent));
        }
        sent--;
        if (trial != null) {
            trial.remove(unsent.letter().position());
        }
        return false;
    }

    private void awaitTrial(Trial first) throws InterruptedException {
        String trouble = first.trouble(listener);
        if (trouble != null) {
            throw Stopped.afterTrial(trouble);
        }
        closeTrial();
        note(true);
    }

    /** Writes down how far it got: everything sent so far was told. */
    private void note(boolean isProven) {
        List<RecordPosition> calls = new ArrayList<>();
        selecting.destinations().forEach((topic, partitions) -> calls.addAll(ends(topic, partitions)));
        plan = new Planned(plan.plan(), plan.author(), plan.selection(), plan.terms(), plan.letters(), calls, isProven);
        replays.write(plan);
    }

    private List<RecordPosition> ends(String topic, Set<Integer> partitions) {
        Destinations destinations = done.destinations();
        if (destinations.closed(topic) != null) {
            return List.of();
        }
        try {
            Map<Integer, Long> ends = surroundings.topics().ends(topic);
            return partitions.stream()
                    .map(partition -> new RecordPosition(topic, partition, ends.getOrDefault(partition, 0L)))
                    .toList();
        } catch (BrokerUnavailableException e) {
            if (destinations.closedNow(topic) == null) {
                throw e;
            }
            return List.of(); // deleted just now
        }
    }

    private End end() {
        List<Refused> refused = selecting.refused();
        if (refused.isEmpty()) {
            return new End(Ending.ALL_SENT, null);
        }
        long letters = refused.stream().mapToLong(Refused::letters).sum();
        String why = refused.stream().map(Refused::why).collect(Collectors.joining("; "));
        return new End(Ending.SOME_REFUSED, letters + (letters == 1 ? " letter" : " letters") + " not sent: " + why);
    }

    private ReplayReport over(End end) {
        Author author = new Author(plan.author().by(), surroundings.clock().millis(), null);
        replays.write(new ReplayEntry.Ended(plan.plan(), author, sent, end.why()));
        return report(end);
    }

    private ReplayReport interrupted() {
        return report(new End(Ending.INTERRUPTED, "interrupted"));
    }

    private ReplayReport report(End end) {
        long planned = selecting.selected().size();
        return new ReplayReport(plan.plan(), sent, planned, selecting.leftOut(), selecting.refused(), end);
    }

    private void closeTrial() {
        Trial open = trial;
        trial = null;
        if (open != null) {
            open.close();
        }
    }
}
