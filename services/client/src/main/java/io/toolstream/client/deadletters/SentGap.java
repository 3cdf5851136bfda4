package io.toolstream.client.deadletters;

import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayCodec;
import io.toolstream.wire.ReplayEntry;
import io.toolstream.wire.TopicNames;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * What a replay that was killed has sent and not told of: a call is acknowledged before its record on the replays topic is
 * written. Found on the calls topic itself, by the header that names the letter, from where the replay last said that
 * everything before is told. Without it such letters would be sent twice.
 */
final class SentGap {
    private final Topics topics;
    private final TopicNames names;
    private final ReplayLog log;

    SentGap(Topics topics, TopicNames names, ReplayLog log) {
        this.topics = topics;
        this.names = names;
        this.log = log;
    }

    /** Tells what was not told, for all replays that did not end. */
    void close() {
        log.unfinished().forEach(plan -> look(plan, this::tell));
    }

    /** Takes note of it for now; writes nothing. */
    void look() {
        log.unfinished().forEach(plan -> look(plan, unused -> {}));
    }

    private void look(ReplayEntry.Planned plan, Consumer<ReplayEntry.Sent> found) {
        Map<String, Map<Integer, Long>> byTopic = new HashMap<>();
        for (RecordPosition position : plan.calls()) {
            byTopic.computeIfAbsent(position.topic(), unused -> new HashMap<>())
                    .put(position.partition(), position.offset());
        }
        byTopic.forEach((topic, from) -> topics.readFrom(topic, from, record -> look(plan, record, found)));
    }

    private void look(ReplayEntry.Planned plan, InboundRecord record, Consumer<ReplayEntry.Sent> found) {
        String letter = record.headers().lastText(HeaderNames.REPLAY_OF).orElse("");
        int number = record.headers()
                .lastText(HeaderNames.REPLAYS)
                .filter(text -> text.matches("[0-9]{1,4}"))
                .map(Integer::valueOf)
                .orElse(0);
        if (letter.isEmpty() || number == 0 || log.wasSent(letter, number)) {
            return;
        }
        ReplayEntry.Sent sent = new ReplayEntry.Sent(
                plan.plan(), letter, number, ReplayIds.of(letter, number), record.position(), plan.author());
        found.accept(sent);
        log.add(sent);
    }

    private void tell(ReplayEntry.Sent sent) {
        CompletableFuture<RecordPosition> told = topics.publish(names.replays(), 0, new ReplayCodec().encode(sent));
        try {
            told.join();
        } catch (CompletionException e) {
            throw DeadLettersException.of("cannot write to " + names.replays(), e);
        }
    }
}
