package io.toolstream.client.deadletters;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayCodec;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of a pipeline: read, grouped by cause, sent again, put aside. Every method blocks, reads whole topics, and
 * throws a {@link DeadLettersException} or a {@link io.toolstream.kafka.BrokerUnavailableException} where it cannot. For one
 * thread at a time.
 *
 * <p>What is done about a letter stands on the topic {@code replays}, by whom and when; letters themselves never change. A
 * replay that was killed or interrupted is gone on with by {@link #resume}: it sends what was not sent, and nothing twice.
 */
public final class DeadLetters implements AutoCloseable {
    private static final int AT_A_TIME = 1_000;

    private final Replay.Surroundings surroundings;
    private final Topics topics;
    private final TopicNames names;

    DeadLetters(Replay.Surroundings surroundings) {
        this.surroundings = surroundings;
        this.topics = surroundings.topics();
        this.names = surroundings.names();
    }

    public static DeadLetters open(KafkaConnection kafka, TopicNames names) {
        return new DeadLetters(new Replay.Surroundings(
                new KafkaTopics(kafka), names, InstantSource.system(), System::nanoTime, TimeUnit.NANOSECONDS::sleep));
    }

    /** Hands over the letters that match, each partition in its order; returns how many there were. */
    public long each(LetterFilter filter, Consumer<KeptLetter> letters) {
        ReplayLog log = ReplayLog.read(topics, names);
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
        ReplayLog log = ReplayLog.read(topics, names);
        return KeptLetter.of(topics.at(position), log, KnownTools.read(topics, names))
                .orElseThrow(
                        () -> new DeadLettersException("what stands at " + position + " is no dead letter of ours"));
    }

    /** What {@link #replay} would do now; writes nothing. */
    public ReplayPreview preview(ReplayOrder order) {
        return read(Selecting.of(order.filter(), order.terms(), topics.ends(names.deadLetters()), known()))
                .preview();
    }

    /**
     * Sends calls again: at a capped rate, with priority {@code replay}, on their original partitions, under new ids and
     * deadlines, to their original reply routes. The canaries first; the others only if all of those are answered
     * {@code ok}. An interrupt stops it. What another replay, begun earlier and not finished, would send is left out.
     */
    public ReplayReport replay(ReplayOrder order, ReplayListener listener) {
        requireReplaysTopic();
        Map<Integer, Long> ends = topics.ends(names.deadLetters());
        Planned plan = new Planned(
                "replay-" + UUID.randomUUID(),
                new Author(order.by(), surroundings.clock().millis(), order.note()),
                order.filter().selection(),
                order.terms(),
                positions(ends),
                List.of(),
                false);
        write(plan); // first: of two that begin at the same time, the one that stands behind sees the other
        return run(plan, order.replyTopics(), listener);
    }

    private ReplayReport run(Planned plan, Predicate<String> replyTopics, ReplayListener listener) {
        Selecting.Done done = done();
        Selecting selecting = read(Selecting.of(plan, done));
        return new Replay(surroundings, plan, selecting, done, replyTopics, listener).run();
    }

    /** Replays that were begun and neither done nor stopped: killed, interrupted, or under way elsewhere. */
    public List<Planned> unfinished() {
        return ReplayLog.read(topics, names).unfinished();
    }

    /**
     * Goes on with a replay that was killed or interrupted, on its own terms. What it had sent is found and not sent again.
     * One at a time: two that go on with the same replay at once both send.
     *
     * @param replyTopics as in {@link ReplayOrder}
     */
    public ReplayReport resume(String plan, Predicate<String> replyTopics, ReplayListener listener) {
        return run(unfinished(plan), replyTopics, listener);
    }

    /** Ends a replay that was killed or interrupted as it is: what it did not send can be meant by others. */
    public void abandon(String plan, String by) {
        Planned planned = unfinished(plan);
        done(); // what it had sent is found, as long as it is known where to look
        Author author = new Author(by, surroundings.clock().millis(), null);
        write(new ReplayEntry.Ended(planned.plan(), author, 0, "abandoned"));
    }

    /**
     * What was done about the letter that stands there, the oldest first; nothing about a position where there is none.
     */
    public List<Deed> history(RecordPosition position) {
        History history = new History(position.toString());
        if (topics.partitions(names.replays()).isPresent()) {
            topics.read(names.replays(), history::accept);
        }
        return history.deeds();
    }

    /** The replays that were ever begun, as long as it is kept, the oldest first. */
    public List<BegunReplay> replays() {
        BegunReplays replays = new BegunReplays();
        if (topics.partitions(names.replays()).isPresent()) {
            topics.read(names.replays(), replays::accept);
        }
        return replays.all();
    }

    private Planned unfinished(String plan) {
        requireReplaysTopic();
        return ReplayLog.read(topics, names)
                .unfinished(plan)
                .orElseThrow(() -> DeadLettersException.missing("there is no unfinished replay " + plan));
    }

    /** Says of the letters that match that they need nothing any more; returns how many. */
    public long resolve(LetterFilter filter, String by, @Nullable String note) {
        requireReplaysTopic();
        Author author = new Author(by, surroundings.clock().millis(), note);
        List<CompletableFuture<RecordPosition>> writing = new ArrayList<>();
        long resolved = each(filter, letter -> {
            ReplayEntry entry = new ReplayEntry.Resolved(letter.position().toString(), author);
            writing.add(topics.publish(names.replays(), 0, new ReplayCodec().encode(entry)));
            if (writing.size() >= AT_A_TIME) {
                written(writing);
            }
        });
        written(writing);
        return resolved;
    }

    private void written(List<CompletableFuture<RecordPosition>> writing) {
        try {
            CompletableFuture.allOf(writing.toArray(CompletableFuture<?>[]::new))
                    .join();
            writing.clear();
        } catch (CompletionException e) {
            throw DeadLettersException.of("cannot write to " + names.replays(), e);
        }
    }

    private Selecting read(Selecting selecting) {
        topics.read(names.deadLetters(), selecting::accept);
        return selecting;
    }

    /** What was done so far, with what a replay that was killed could not tell; that is told. */
    private Selecting.Done done() {
        requireReplaysTopic();
        ReplayLog log = ReplayLog.read(topics, names);
        new SentGap(topics, names, log).close();
        return new Selecting.Done(log, KnownTools.read(topics, names));
    }

    /** The same, and nothing is told. */
    private Selecting.Done known() {
        ReplayLog log = ReplayLog.read(topics, names);
        new SentGap(topics, names, log).look();
        return new Selecting.Done(log, KnownTools.read(topics, names));
    }

    private void write(ReplayEntry entry) {
        List<CompletableFuture<RecordPosition>> writing = new ArrayList<>();
        writing.add(topics.publish(names.replays(), 0, new ReplayCodec().encode(entry)));
        written(writing);
    }

    private void requireReplaysTopic() {
        if (topics.partitions(names.replays()).isEmpty()) {
            throw new DeadLettersException("topic " + names.replays()
                    + " is missing: a worker makes it at its start, and so does \"toolstream topics create\"");
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
