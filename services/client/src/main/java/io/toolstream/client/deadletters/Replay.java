package io.toolstream.client.deadletters;

import io.toolstream.kafka.BrokerUnavailableException;
import io.toolstream.wire.Call;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayCodec;
import io.toolstream.wire.ReplayEntry;
import io.toolstream.wire.ReplayEntry.Author;
import io.toolstream.wire.ReplayEntry.Planned;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One run of a replay: the canaries first and, if all of them went well, the others. How far it got stands on the replays
 * topic, so that another run sends what this one has not. For one thread.
 */
final class Replay {
    /** Beyond this many calls a run that was killed would have much to look through. */
    private static final int CHECKPOINT = 1_000;

    /** A worker may say a little late that a deadline has passed. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Surroundings surroundings;
    private final Selecting selecting;
    private final Selecting.Done done;
    private final ReplayListener listener;
    private final Sending sending;
    private final Pacer pacer;
    private final Map<String, RecordPosition> canaries = new LinkedHashMap<>();
    private Planned plan;
    private long sent;
    private @Nullable Outcomes outcomes;

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
        this.sending = new Sending(
                surroundings.topics(), surroundings.names().replays(), plan, replyTopics, surroundings.clock());
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
            sending.settle();
            return ended(null);
        } catch (Stopped e) {
            return e.isFinal ? ended(e.why) : report(e.why, true);
        } catch (InterruptedException | Interrupted e) {
            Thread.currentThread().interrupt();
            return report("interrupted", true);
        } catch (BrokerUnavailableException e) {
            if (Thread.currentThread().isInterrupted()) {
                return report("interrupted", true);
            }
            throw e;
        } finally {
            closeOutcomes();
        }
    }

    private void sendAll() throws InterruptedException {
        if (!plan.isProven() && plan.terms().canary() > 0) {
            outcomes =
                    Outcomes.follow(surroundings.topics(), surroundings.names().events());
        }
        surroundings
                .topics()
                .readFrom(surroundings.names().deadLetters(), selecting.beginnings(), this::sendIfSelected);
        if (!plan.isProven() && plan.terms().canary() > 0) {
            waitForCanaries();
        }
    }

    private void sendIfSelected(InboundRecord record) {
        Set<RecordPosition> selected = selecting.selected();
        if (!selected.contains(record.position())) {
            return;
        }
        try {
            KeptLetter letter = KeptLetter.of(record, done.log(), done.tools()).orElseThrow();
            Call call = letter.call();
            if (call != null) {
                send(letter, call);
            }
        } catch (InterruptedException e) {
            throw new Interrupted();
        }
    }

    private void send(KeptLetter letter, Call call) throws InterruptedException {
        boolean isTrial = !plan.isProven() && plan.terms().canary() > 0;
        if (isTrial && canaries.size() >= plan.terms().canary()) {
            waitForCanaries();
            isTrial = false;
        }
        pacer.await();
        String id = sending.send(letter, call);
        String trouble = sending.trouble();
        if (trouble != null) {
            throw new Stopped("cannot send: " + trouble, false);
        }
        if (isTrial) {
            canaries.put(id, letter.position());
        }
        sent++;
        listener.sent(sent, selecting.selected().size());
        if (sent % CHECKPOINT == 0) {
            sending.settle();
            note(plan.isProven());
        }
    }

    private void waitForCanaries() throws InterruptedException {
        Outcomes seen = outcomes;
        if (seen == null) {
            return;
        }
        sending.settle();
        Duration limit = Duration.ofMillis(plan.terms().timeoutMillis()).plus(GRACE);
        if (!canaries.isEmpty()) {
            listener.awaitsTrial(canaries.size(), limit);
        }
        for (Map.Entry<String, RecordPosition> canary : canaries.entrySet()) {
            String trouble = seen.troubleWith(canary.getKey(), limit);
            if (!trouble.isEmpty()) {
                throw new Stopped("the trial call of " + canary.getValue() + " " + trouble, true);
            }
        }
        closeOutcomes();
        note(true);
    }

    /** Writes down how far it got: everything sent so far was told. */
    private void note(boolean isProven) {
        List<RecordPosition> calls = new ArrayList<>();
        selecting.destinations().forEach((topic, partitions) -> {
            Map<Integer, Long> ends = surroundings.topics().ends(topic);
            partitions.forEach(
                    partition -> calls.add(new RecordPosition(topic, partition, ends.getOrDefault(partition, 0L))));
        });
        plan = new Planned(plan.plan(), plan.author(), plan.selection(), plan.terms(), plan.letters(), calls, isProven);
        write(plan);
    }

    private ReplayReport ended(@Nullable String why) {
        String trouble = sending.trouble();
        if (trouble != null) {
            return report("cannot send: " + trouble, true);
        }
        Author author = new Author(plan.author().by(), surroundings.clock().millis(), null);
        write(new ReplayEntry.Ended(plan.plan(), author, sent, why));
        return report(why, false);
    }

    private ReplayReport report(@Nullable String why, boolean canBeResumed) {
        return new ReplayReport(plan.plan(), sent, selecting.selected().size(), selecting.leftOut(), why, canBeResumed);
    }

    private void write(ReplayEntry entry) {
        String topic = surroundings.names().replays();
        try {
            surroundings
                    .topics()
                    .publish(topic, 0, new ReplayCodec().encode(entry))
                    .join();
        } catch (CompletionException e) {
            throw DeadLettersException.of("cannot write to " + topic, e);
        }
    }

    private void closeOutcomes() {
        Outcomes open = outcomes;
        outcomes = null;
        if (open != null) {
            open.close();
        }
    }

    /** Leaves the reading of the letters; the thread is marked again only when the reader is closed, which would fail on it. */
    private static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Interrupted() {
            super("interrupted", null, false, false);
        }
    }

    /** Leaves the reading of the letters. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String why;
        private final boolean isFinal;

        Stopped(String why, boolean isFinal) {
            super(why, null, false, false);
            this.why = why;
            this.isFinal = isFinal;
        }
    }
}
