package io.toolstream.wire;

import io.toolstream.wire.ParkedEntry.Opened;
import io.toolstream.wire.ParkedEntry.Returned;
import io.toolstream.wire.ParkedEntry.Waiting;
import io.toolstream.wire.ParkedEntry.Wanted;
import io.toolstream.wire.json.JsonWriter;
import io.toolstream.wire.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes and reads records of the parked topic. A waiting call keeps its key, its value and its headers byte for byte; what
 * is known of it stands in one header behind them, as JSON. Marks have no value. Internal: this layout may change.
 * Thread-safe; reading never throws.
 */
public final class ParkedCodec {
    /** The last header of every record of the topic. */
    private static final String ENTRY = "toolstream-parked-entry";

    private static final String WAITING = "waiting";
    private static final String RETURNED = "returned";
    private static final String OPENED = "opened";
    private static final String[] TYPES = {WAITING, RETURNED, OPENED};
    private static final int MAX_BYTES = 64 << 10;

    /** Headers that a call which comes back has and the call that was sent has not. */
    public static final int ADDED_HEADERS = 4;

    public OutboundRecord encode(InboundRecord call, Waiting waiting) {
        HeaderList headers = new HeaderList(call.headers().all()).text(ENTRY, json(waiting));
        return new OutboundRecord(call.key(), call.value(), headers.headers());
    }

    public OutboundRecord encode(Returned mark) {
        OurJson json = begin(RETURNED);
        json.number("offset", mark.offset());
        return mark(json);
    }

    public OutboundRecord encode(Opened mark) {
        OurJson json = begin(OPENED);
        json.text("worker", mark.worker());
        return mark(json);
    }

    /**
     * The call as it comes back to the calls topic: what it was, with its id and its deadline made explicit, since both may
     * have been counted from where and when it stood before.
     *
     * @param parked as read from the parked topic
     */
    public OutboundRecord restored(InboundRecord parked, Waiting waiting) {
        List<Header> before = parked.headers().all().stream()
                .filter(header -> !isOurs(header.name()))
                .toList();
        HeaderList headers = new HeaderList(before)
                .text(HeaderNames.MOVED, waiting.id())
                .digits(HeaderNames.DEADLINE, waiting.deadlineMillis())
                .digits(HeaderNames.PARKED, waiting.times())
                .digits(HeaderNames.SENT, waiting.sentMillis());
        return new OutboundRecord(parked.key(), parked.value(), headers.headers());
    }

    private static boolean isOurs(String name) {
        return name.equals(ENTRY)
                || name.equals(HeaderNames.MOVED)
                || name.equals(HeaderNames.DEADLINE)
                || name.equals(HeaderNames.PARKED)
                || name.equals(HeaderNames.SENT);
    }

    public Decoded<ParkedEntry> decode(InboundRecord record) {
        byte[] entry = record.headers().last(ENTRY).orElse(null);
        if (entry == null) {
            return new Decoded.Malformed<>("header \"" + ENTRY + "\" is missing");
        }
        Problems problems = new Problems();
        ParkedEntry read = read(Fields.ofValue(entry, MAX_BYTES, problems));
        Refusal refusal = problems.first();
        return refusal == null ? new Decoded.WellFormed<>(read) : new Decoded.Malformed<>(refusal.message());
    }

    private static String json(Waiting waiting) {
        OurJson json = begin(WAITING);
        json.text("id", waiting.id());
        json.text("server", waiting.wanted().server());
        json.text("tool", waiting.wanted().tool());
        json.text("tenant", waiting.wanted().tenant());
        json.number("due", waiting.dueMillis());
        json.number("deadline", waiting.deadlineMillis());
        json.text("code", waiting.code());
        json.number("times", waiting.times());
        json.number("sent", waiting.sentMillis());
        return text(json);
    }

    private static OurJson begin(String type) {
        OurJson json = new OurJson(new JsonWriter(256));
        json.begin();
        json.text("type", type);
        return json;
    }

    private static String text(OurJson json) {
        String text = Utf8.text(json.end().toByteArray());
        if (text == null) {
            throw new IllegalStateException("what we write is UTF-8");
        }
        return text;
    }

    private static OutboundRecord mark(OurJson json) {
        byte[] entry = text(json).getBytes(StandardCharsets.UTF_8);
        return new OutboundRecord(null, null, Headers.of(new Header(ENTRY, entry)));
    }

    private static ParkedEntry read(Fields fields) {
        return switch (fields.requiredWord("type", TYPES, word -> word, WAITING)) {
            case RETURNED -> new Returned(fields.requiredInteger("offset", 0, Long.MAX_VALUE));
            case OPENED -> new Opened(fields.requiredText("worker"));
            default -> readWaiting(fields);
        };
    }

    private static Waiting readWaiting(Fields fields) {
        return new Waiting(
                fields.requiredText("id"),
                new Wanted(fields.requiredText("server"), fields.requiredText("tool"), fields.text("tenant")),
                fields.requiredInteger("due", 0, Long.MAX_VALUE),
                fields.requiredInteger("deadline", 0, Long.MAX_VALUE),
                fields.requiredText("code"),
                (int) fields.requiredInteger("times", 1, Integer.MAX_VALUE),
                fields.requiredInteger("sent", 0, Long.MAX_VALUE));
    }
}
