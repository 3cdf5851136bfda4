package io.toolstream.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The checks of one record's constructor: collects what is broken, so that all of it is told at once. */
final class Rules {
    /** Far beyond any use, and safe to count in nanoseconds. */
    private static final Duration MOST = Duration.ofDays(365);

    private final List<BrokenRule> broken = new ArrayList<>();

    Rules check(boolean holds, String key, String expected) {
        if (!holds) {
            broken.add(new BrokenRule(key, expected));
        }
        return this;
    }

    Rules between(String key, long value, long least, long most) {
        return check(value >= least && value <= most, key, "must be from " + least + " to " + most + ", is " + value);
    }

    Rules atLeast(String key, Duration value, Duration least) {
        return check(
                value.compareTo(least) >= 0 && value.compareTo(MOST) <= 0,
                key,
                "must be from " + Durations.text(least) + " to " + Durations.text(MOST) + ", is "
                        + Durations.text(value));
    }

    /** Names both keys: either may be the one that is wrong. */
    Rules notLonger(String key, Duration value, String otherKey, Duration other) {
        return check(
                value.compareTo(other) <= 0,
                key,
                "must not be longer than " + otherKey + " (" + Durations.text(value) + " > " + Durations.text(other)
                        + ")");
    }

    Rules notBlank(String key, String value) {
        return check(!value.isBlank(), key, "must not be empty");
    }

    /** @throws InvalidSettings if any rule is broken */
    void enforce() {
        if (!broken.isEmpty()) {
            throw new InvalidSettings(broken);
        }
    }

    /** One rule that does not hold, at a key of the record. */
    record BrokenRule(String key, String expected) {}
}
