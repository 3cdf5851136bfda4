package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** One event as a JSON object. */
final class EventJson {
    private EventJson() {}

    static void write(OurJson json, Event event) {
        json.begin();
        writeOrigin(json, event.origin());
        writeSubject(json, event.subject());
        writeEnding(json, event.ending());
        writeTimes(json, event.times());
        json.text("worker", event.worker());
        json.number("timestamp", event.timestampMillis());
        json.end();
    }

    private static void writeOrigin(OurJson json, Event.Origin origin) {
        json.text("topic", origin.position().topic());
        json.number("partition", origin.position().partition());
        json.number("offset", origin.position().offset());
        Integer member = origin.member();
        if (member != null) {
            json.number("member", (long) member);
        }
    }

    private static void writeSubject(OurJson json, Event.Subject subject) {
        json.text("id", subject.id());
        json.text("server", subject.server());
        json.text("tool", subject.tool());
        json.text("tenant", subject.tenant());
        json.text("priority", subject.priority().text());
    }

    private static void writeEnding(OurJson json, Event.Ending ending) {
        json.text("status", ending.status().text());
        json.text("code", ending.code());
        json.number("attempts", ending.attempts());
        json.text("cache", ending.cache());
        json.bool("replied", ending.isReplied());
        if (ending.hasDeadLetter()) {
            json.bool("deadLetter", true);
        }
    }

    private static void writeTimes(OurJson json, Event.Times times) {
        json.number("queueMicros", times.queueMicros());
        json.number("executeMicros", times.executeMicros());
        json.number("totalMicros", times.totalMicros());
        if (times.waitMicros() > 0) {
            json.number("waitMicros", times.waitMicros());
        }
        if (times.parkedMicros() > 0) {
            json.number("parkedMicros", times.parkedMicros());
        }
    }

    static Event read(Fields fields) {
        return new Event(
                readOrigin(fields),
                readSubject(fields),
                readEnding(fields),
                readTimes(fields),
                fields.requiredText("worker"),
                fields.requiredInteger("timestamp", 0, Long.MAX_VALUE));
    }

    private static Event.Origin readOrigin(Fields fields) {
        RecordPosition position = new RecordPosition(
                fields.requiredText("topic"),
                (int) fields.requiredInteger("partition", 0, Integer.MAX_VALUE),
                fields.requiredInteger("offset", 0, Long.MAX_VALUE));
        return new Event.Origin(position, member(fields));
    }

    private static @Nullable Integer member(Fields fields) {
        return fields.has("member")
                ? Integer.valueOf((int) fields.requiredInteger("member", 0, Integer.MAX_VALUE))
                : null;
    }

    private static Event.Subject readSubject(Fields fields) {
        return new Event.Subject(
                fields.requiredText("id"),
                fields.text("server"),
                fields.text("tool"),
                fields.text("tenant"),
                fields.requiredWord("priority", Priority.values(), Priority::text, Priority.INTERACTIVE));
    }

    private static Event.Ending readEnding(Fields fields) {
        return new Event.Ending(
                fields.requiredWord("status", Status.values(), Status::text, Status.FAILED),
                fields.text("code"),
                (int) fields.requiredInteger("attempts", 0, Integer.MAX_VALUE),
                fields.requiredText("cache"),
                fields.requiredBool("replied"),
                Boolean.TRUE.equals(fields.bool("deadLetter")));
    }

    private static Event.Times readTimes(Fields fields) {
        return new Event.Times(
                fields.requiredInteger("queueMicros", 0, Long.MAX_VALUE),
                fields.requiredInteger("executeMicros", 0, Long.MAX_VALUE),
                fields.requiredInteger("totalMicros", 0, Long.MAX_VALUE),
                optional(fields, "waitMicros"),
                optional(fields, "parkedMicros"));
    }

    private static long optional(Fields fields, String name) {
        return fields.has(name) ? fields.requiredInteger(name, 0, Long.MAX_VALUE) : 0;
    }
}
