package io.toolstream.wire;

import java.util.List;

/** The names of our topics under one prefix. */
public record TopicNames(String prefix) {
    public static final TopicNames DEFAULT = new TopicNames("toolstream.");

    public TopicNames {
        if (!prefix.matches("[A-Za-z0-9._-]{0,200}")) {
            throw new IllegalArgumentException(
                    "topic prefix \"" + prefix + "\": at most 200 of the letters, digits, '.', '_' and '-' expected");
        }
    }

    public String calls() {
        return prefix + "calls";
    }

    public String replies() {
        return prefix + "replies";
    }

    public String deadLetters() {
        return prefix + "dead-letters";
    }

    public String events() {
        return prefix + "events";
    }

    public String metrics() {
        return prefix + "metrics";
    }

    public String control() {
        return prefix + "control";
    }

    public String parked() {
        return prefix + "parked";
    }

    public String effects() {
        return prefix + "effects";
    }

    public String tasks() {
        return prefix + "tasks";
    }

    public String breakers() {
        return prefix + "breakers";
    }

    public String epochs() {
        return prefix + "epochs";
    }

    public String replays() {
        return prefix + "replays";
    }

    public String catalogue() {
        return prefix + "catalogue";
    }

    /** Every topic of ours: the public ones first. */
    public List<String> all() {
        return List.of(
                calls(),
                replies(),
                deadLetters(),
                events(),
                metrics(),
                control(),
                catalogue(),
                parked(),
                effects(),
                tasks(),
                breakers(),
                epochs(),
                replays());
    }
}
