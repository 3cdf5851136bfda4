package io.toolstream.client.deadletters;

import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a replay that was killed has sent and not told of: a call is acknowledged before its record on the replays topic is
 * written. Found on the calls topic itself, by the header that names the letter, from where the replay last said that
 * everything before is told. Without it such letters would be sent twice.
 */
final class SentGap {
    private final Topics topics;
    private final ReplaysTopic replays;
    private final ReplayLog log;
    private final Destinations destinations;

    SentGap(Topics topics, ReplaysTopic replays, ReplayLog log, Destinations destinations) {
        this.topics = topics;
        this.replays = replays;
        this.log = log;
        this.destinations = destinations;
    }

    /** Tells what was not told, for all replays that did not end. */
    void close() {
        log.unfinished().forEach(plan -> look(plan, replays::write));
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
        byTopic.forEach((topic, from) -> {
            if (destinations.closed(topic) == null) { // else what was sent there is gone with it
                topics.readFrom(topic, existing(topic, from), record -> look(plan, record, found));
            }
        });
    }

    /** A topic that was made anew may have fewer. */
    private Map<Integer, Long> existing(String topic, Map<Integer, Long> from) {
        Map<Integer, Long> existing = new HashMap<>(from);
        existing.keySet().removeIf(partition -> destinations.partition(topic, partition) != partition);
        return existing;
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
}
