package io.toolstream.client.deadletters;

import io.toolstream.wire.RecordPosition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts dead letters that cannot be sent, by topic: twice as large as there are topics at most. For one thread. */
final class Refusals {
    private final Map<Key, Refused> all = new LinkedHashMap<>();

    /** Those of a closed topic are told together, and those that are too large for one. */
    private record Key(String topic, boolean isTooLarge) {}

    void closed(RecordPosition letter, String topic, String why) {
        add(new Key(topic, false), new Refused(topic, why, 1, letter));
    }

    void tooLarge(RecordPosition letter, String topic, String why) {
        add(new Key(topic, true), new Refused(topic, why, 1, letter));
    }

    private void add(Key key, Refused one) {
        all.merge(
                key,
                one,
                (some, more) -> new Refused(some.topic(), some.why(), some.letters() + more.letters(), some.first()));
    }

    List<Refused> all() {
        return List.copyOf(all.values());
    }
}
