package io.toolstream.it.guarantee;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.it.guarantee.SentCall.Place;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.RangeReader;
import io.toolstream.wire.TopicNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether what was answered more than once may have been. A call that waits for its server stands on the calls topic once for
 * each return; each crash that found one of its records uncommitted may have had that record run, or park, once more.
 */
final class SecondReplies {
    private static final Pattern ID = Pattern.compile("\"id\":\"([a-z]+-[0-9]+)\"");

    private SecondReplies() {}

    /** Where the records of each call stand, by id. Reads the whole topic. */
    static Map<String, List<Place>> places(KafkaConnection connection, TopicNames topics) {
        Map<String, List<Place>> places = new HashMap<>();
        RangeReader.readAll(connection, topics.calls(), record -> {
            Matcher id = ID.matcher(new String(Objects.requireNonNull(record.value()), UTF_8));
            if (id.find()) {
                places.computeIfAbsent(id.group(1), unused -> new ArrayList<>())
                        .add(new Place(
                                record.position().partition(), record.position().offset()));
            }
        });
        return places;
    }

    /** Calls with more replies than that explains. Pure. */
    static List<String> unexplained(
            Map<String, Integer> replies, Map<String, List<Place>> places, List<Crash> crashes) {
        return replies.entrySet().stream()
                .filter(call -> call.getValue() > 1 + again(places.getOrDefault(call.getKey(), List.of()), crashes))
                .map(call -> "%s has %d replies; %d of its records were found open by crashes"
                        .formatted(
                                call.getKey(),
                                call.getValue(),
                                again(places.getOrDefault(call.getKey(), List.of()), crashes)))
                .toList();
    }

    private static long again(List<Place> places, List<Crash> crashes) {
        return crashes.stream()
                .mapToLong(crash -> places.stream().filter(crash::foundOpen).count())
                .sum();
    }
}
