package io.toolstream.cli.deadletters;

import io.toolstream.settings.TopicSettings;
import io.toolstream.wire.TopicNames;
import java.util.List;
import java.util.function.Predicate;

/** Where replies may go, as the settings have it. */
record ReplyTopics(String usual, List<String> further) implements Predicate<String> {
    ReplyTopics {
        further = List.copyOf(further);
    }

    static ReplyTopics of(TopicSettings settings) {
        return new ReplyTopics(new TopicNames(settings.prefix()).replies(), settings.replyTopics());
    }

    @Override
    public boolean test(String topic) {
        return topic.equals(usual) || further.stream().anyMatch(allowed -> isMeant(allowed, topic));
    }

    private static boolean isMeant(String allowed, String topic) {
        return allowed.endsWith("*")
                ? topic.startsWith(allowed.substring(0, allowed.length() - 1))
                : topic.equals(allowed);
    }
}
