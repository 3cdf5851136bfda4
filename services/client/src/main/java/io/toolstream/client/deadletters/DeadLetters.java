package io.toolstream.client.deadletters;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayEntry;
import io.toolstream.wire.ReplayEntry.Author;
import io.toolstream.wire.ReplayEntry.Planned;
import io.toolstream.wire.TopicNames;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of a pipeline: read, grouped by cause, sent again, put aside. Every method blocks, reads whole topics, and
 * throws a {@link DeadLettersException} or a {@link io.toolstream.kafka.BrokerUnavailableException} where it cannot. For one
 * thread at a time.
 *
 * <pre>{@code
 * LetterFilter meant = LetterFilter.OPEN.server("fs").code("connect-failed");
 * ReplayOrder order = ReplayOrder.of(meant, "ann@ops").withNote("fs is back").atMostPerSecond(50);
 * long planned = letters.preview(order).count(Verdict.SENT_AGAIN); // nothing is sent, nothing written
 * ReplayReport report = letters.replay(order, (sent, of) -> shown.add(sent + " of " + of));
 * String end = switch (report.end().ending()) {
 *     case ALL_SENT -> report.sent() + " of " + planned + " sent";
 *     case SOME_REFUSED -> "not sent, for their topics are gone: " + report.refused();
 *     case TRIAL_FAILED -> "the others were kept back: " + report.stoppedBecause();
 *     case INTERRUPTED, CANNOT_SEND -> "to be gone on with: " + report.plan();
 * };
 * }</pre>
 *
 * <p>What is done about a letter stands on the topic {@code replays}, by whom and when; letters themselves never change. A
 * replay that was killed or interrupted is gone on with by {@link #resume}: it sends what was not sent, and nothing twice.
 * Where its replies go is theirs to say who called first: nobody waits for them here.
 */
public final class DeadLetters implements AutoCloseable {
    private static final int AT_A_TIME = 1_000;

    private final Replay.Surroundings surroundings;
    private final Topics topics;
    private final TopicNames names;
    private final ReplaysTopic replays;

    DeadLetters(Replay.Surroundings surroundings) {
        this.surroundings = surroundings;
        this.topics = surroundings.topics();
        this.names = surroundings.names();
        this.replays = new ReplaysTopic(topics, names);
    }

    /**
     * Those of the pipeline whose topics begin like this. Connects at the first use; to be closed.
     *
     * @param kafka whose user may read {@code dead-letters}, {@code replays}, {@code catalogue}, {@code events} and
     *     {@code calls}, and write {@code replays} and {@code calls}
     */
    public static DeadLetters open(KafkaConnection kafka, TopicNames names) {
        return new DeadLetters(new Replay.Surroundings(
                new KafkaTopics(kafka), names, InstantSource.system(), System::nanoTime, TimeUnit.NANOSECONDS::sleep));
    }

    /**
     * Hands over the letters that match, each partition in its order, as they are read, on the calling thread; returns how
     * many there were. What the consumer throws ends the reading and gets out.
     */
    public long each(LetterFilter filter, Consumer<KeptLetter> letters) {
        ReplayLog log = ReplayLog.read(replays);
        KnownTools tools = KnownTools.read(topics, names);
        long[] count = new long[1];
        topics.read(
                names.deadLetters(),
                record -> KeptLetter.of(record, log, tools)
                        .filter(filter::matches)
                        .ifPresent(letter -> {
                            count[0]++;
                            letters.accept(letter);
                        }));
        return count[0];
    }

    /** The letters that match, by cause; the largest group first. */
    public List<LetterGroup> groups(LetterFilter filter) {
        Grouping grouping = new Grouping();
        each(filter, grouping::add);
        return grouping.groups();
    }

    /**
     * The letter that stands there.
     *
     * @throws DeadLettersException where there is none
     */
    public KeptLetter letter(RecordPosition position) {
        Long end = topics.ends(names.deadLetters()).get(position.partition());
        if (end == null || position.offset() >= end) {
            throw DeadLettersException.missing("there is no dead letter " + position);
        }
        ReplayLog log = ReplayLog.read(replays);
        return KeptLetter.of(topics.at(position), log, KnownTools.read(topics, names))
                .orElseThrow(
                        () -> new DeadLettersException("what stands at " + position + " is no dead letter of ours"));
    }

    /** What {@link #replay} would do now; writes nothing. */
    public ReplayPreview preview(ReplayOrder order) {
        return interruptibly(
                () -> read(Selecting.of(order.filter(), order.terms(), topics.ends(names.deadLetters()), known()))
                        .preview());
    }

    /**
     * Sends calls again: at a capped rate, with priority {@code replay}, on their original partitions, under new ids and
     * deadlines, to their original reply routes. The canaries first; the others only if all of those are answered
     * {@code ok}. What another replay, begun earlier and not finished, would send is left out. A letter whose calls topic is
     * gone, not permitted, or takes no record as large is left out as well ({@link Refused}), and the others are sent.
     *
     * <p>Blocks until all are sent, for hours if need be, and for the trial's time-out and ten seconds where its calls do not
     * end. An interrupt stops it: the thread stays marked, and the report says so, or a {@link DeadLettersException} where
     * letters were still being read. The same goes for a broker that goes away.
     */
    public ReplayReport replay(ReplayOrder order, ReplayListener listener) {
        replays.require();
        Map<Integer, Long> ends = topics.ends(names.deadLetters());
        Planned plan = new Planned(
                "replay-" + UUID.randomUUID(),
                new Author(order.by(), surroundings.clock().millis(), order.note()),
                order.filter().selection(),
                order.terms(),
                positions(ends),
                List.of(),
                false);
        replays.write(plan); // first: of two that begin at the same time, the one that stands behind sees the other
        return run(plan, order.replyTopics(), listener);
    }

    private ReplayReport run(Planned plan, Predicate<String> replyTopics, ReplayListener listener) {
        Selecting.Done done = interruptibly(this::done);
        Selecting selecting = interruptibly(() -> read(Selecting.of(plan, done)));
        return new Replay(surroundings, plan, selecting, done, replyTopics, listener).run();
    }

    /** Replays that were begun and neither done nor stopped: killed, interrupted, or under way elsewhere. */
    public List<Planned> unfinished() {
        return ReplayLog.read(replays).unfinished();
    }

    /**
     * Goes on with a replay that was killed or interrupted, on its own terms. What it had sent is found and not sent again.
     * One at a time: two that go on with the same replay at once both send. Otherwise as {@link #replay}.
     *
     * @param plan its name, as {@link ReplayReport#plan} and {@link #unfinished} have it
     * @param replyTopics as in {@link ReplayOrder}
     * @throws DeadLettersException where there is no such replay, or it is over ({@link DeadLettersException#isMissing})
     */
    public ReplayReport resume(String plan, Predicate<String> replyTopics, ReplayListener listener) {
        return run(unfinished(plan), replyTopics, listener);
    }

    /**
     * Ends a replay that was killed or interrupted as it is: what it did not send can be meant by others.
     *
     * @param by who wants it, for the record
     * @throws DeadLettersException where there is no such replay, or it is over
     */
    public void abandon(String plan, String by) {
        Planned planned = unfinished(plan);
        interruptibly(this::done); // what it had sent is found, as long as it is known where to look
        Author author = new Author(by, surroundings.clock().millis(), null);
        replays.write(new ReplayEntry.Ended(planned.plan(), author, 0, "abandoned"));
    }

    /**
     * What was done about the letter that stands there, the oldest first; nothing about a position where there is none.
     */
    public List<Deed> history(RecordPosition position) {
        History history = new History(position.toString());
        replays.each(history::add);
        return history.deeds();
    }

    /** The replays that were ever begun, as long as it is kept, the oldest first. */
    public List<BegunReplay> replays() {
        BegunReplays begun = new BegunReplays();
        replays.each(begun::add);
        return begun.all();
    }

    private Planned unfinished(String plan) {
        replays.require();
        return ReplayLog.read(replays)
                .unfinished(plan)
                .orElseThrow(() -> DeadLettersException.missing("there is no unfinished replay " + plan));
    }

    /**
     * Says of the letters that match that they need nothing any more; returns how many. They stay where they are, and no
     * replay means them.
     *
     * @param by who says so, for the record
     * @param note why, for the record
     */
    public long resolve(LetterFilter filter, String by, @Nullable String note) {
        replays.require();
        Author author = new Author(by, surroundings.clock().millis(), note);
        List<CompletableFuture<RecordPosition>> writing = new ArrayList<>();
        long resolved = each(filter, letter -> {
            ReplayEntry entry = new ReplayEntry.Resolved(letter.position().toString(), author);
            writing.add(replays.publish(entry));
            if (writing.size() >= AT_A_TIME) {
                replays.await(writing);
                writing.clear();
            }
        });
        replays.await(writing);
        return resolved;
    }

    private Selecting read(Selecting selecting) {
        topics.read(names.deadLetters(), selecting::accept);
        return selecting;
    }

    /** What was done so far, with what a replay that was killed could not tell; that is told. */
    private Selecting.Done done() {
        replays.require();
        ReplayLog log = ReplayLog.read(replays);
        Destinations destinations = destinations();
        new SentGap(topics, replays, log, destinations).close();
        return new Selecting.Done(log, KnownTools.read(topics, names), destinations);
    }

    /** The same, and nothing is told. */
    private Selecting.Done known() {
        ReplayLog log = ReplayLog.read(replays);
        Destinations destinations = destinations();
        new SentGap(topics, replays, log, destinations).look();
        return new Selecting.Done(log, KnownTools.read(topics, names), destinations);
    }

    private Destinations destinations() {
        return new Destinations(topics, surroundings.sleeper());
    }

    /** An interrupt while a topic was looked for leaves the thread marked. */
    private static <T> T interruptibly(Supplier<T> task) {
        try {
            return task.get();
        } catch (Interrupted e) {
            Thread.currentThread().interrupt();
            throw new DeadLettersException("interrupted");
        }
    }

    private List<RecordPosition> positions(Map<Integer, Long> ends) {
        List<RecordPosition> positions = new ArrayList<>();
        ends.forEach((partition, end) -> positions.add(new RecordPosition(names.deadLetters(), partition, end)));
        return positions;
    }

    @Override
    public void close() {
        topics.close();
    }
}
