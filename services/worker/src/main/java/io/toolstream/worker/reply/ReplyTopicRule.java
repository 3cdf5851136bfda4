package io.toolstream.worker.reply;

import io.toolstream.wire.TopicNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which topics a caller may name for its reply, by the name alone: the default reply topic, and what the operator lists,
 * exactly or as a prefix ending in {@code *}. Never another topic of ours and never one of Kafka's, whatever is listed.
 */
final class ReplyTopicRule {
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private final String defaultTopic;
    private final Set<String> reserved;
    private final List<String> allowed;

    ReplyTopicRule(TopicNames ours, List<String> allowed) {
        this.defaultTopic = ours.replies();
        this.reserved = new HashSet<>(ours.all());
        this.allowed = List.copyOf(allowed);
    }

    boolean permits(String topic) {
        return topic.equals(defaultTopic) || (isOrdinary(topic) && isListed(topic));
    }

    private boolean isListed(String topic) {
        return allowed.stream().anyMatch(rule -> matches(rule, topic));
    }

    private boolean isOrdinary(String topic) {
        return LEGAL.matcher(topic).matches() && !topic.startsWith("__") && !reserved.contains(topic);
    }

    private static boolean matches(String rule, String topic) {
        return rule.endsWith("*") ? topic.startsWith(rule.substring(0, rule.length() - 1)) : topic.equals(rule);
    }
}
