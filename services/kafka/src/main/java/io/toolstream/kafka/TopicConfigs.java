package io.toolstream.kafka;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells whether a topic's config will do where another was asked for. */
final class TopicConfigs {
    /** More of these is as good; -1 is without limit. */
    private static final Set<String> AT_LEAST = Set.of(
            "max.message.bytes", "retention.ms", "retention.bytes", "min.insync.replicas", "delete.retention.ms");

    private TopicConfigs() {}

    static boolean satisfies(String name, String needed, String actual) {
        if (needed.equals(actual)) {
            return true;
        }
        if (name.equals("cleanup.policy")) {
            return policies(needed).equals(policies(actual));
        }
        return AT_LEAST.contains(name) && isAtLeast(needed, actual);
    }

    private static boolean isAtLeast(String needed, String actual) {
        try {
            return amount(actual) >= amount(needed);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static long amount(String value) {
        long amount = Long.parseLong(value.strip());
        return amount < 0 ? Long.MAX_VALUE : amount;
    }

    private static Set<String> policies(String value) {
        return Arrays.stream(value.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    }
}
