package io.toolstream.wire;

import io.toolstream.wire.ParkedEntry.Opened;
import io.toolstream.wire.ParkedEntry.Returned;
import io.toolstream.wire.ParkedEntry.Waiting;
import io.toolstream.wire.ParkedEntry.WaitingMembers;
import io.toolstream.wire.ParkedEntry.Wanted;
import io.toolstream.wire.json.JsonWriter;
import io.toolstream.wire.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private static final String MEMBERS = "members";
    private static final String[] TYPES = {WAITING, RETURNED, OPENED};
    private static final int MAX_BYTES = 64 << 10;
    private static final int MAX_MEMBERS = 1_000;

    /** Said anew each time a call comes back. */
    private static final Set<String> SAID_ANEW = Set.of(
            ENTRY, HeaderNames.MOVED, HeaderNames.PARKED, HeaderNames.PARKED_MS, HeaderNames.SENT, HeaderNames.REST);

    /** Headers that a call which comes back has and the call that was sent has not. */
    public static final int ADDED_HEADERS = 5;

    /** Bytes of those, at most. */
    public static final int ADDED_BYTES = 1_024;

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
     * have been counted from where and when it stood before. A record of several says which of its members are left, and
     * from when their times count.
     *
     * @param parked as read from the parked topic
     * @param nowMillis epoch ms: it waited until then
     */
    public OutboundRecord restored(InboundRecord parked, Waiting waiting, long nowMillis) {
        WaitingMembers members = waiting.members();
        List<Header> before = parked.headers().all().stream()
                .filter(header -> !SAID_ANEW.contains(header.name())
                        && (members != null || !header.name().equals(HeaderNames.DEADLINE)))
                .toList();
        HeaderList headers = new HeaderList(before)
                .text(HeaderNames.MOVED, members == null ? waiting.id() : members.name())
                .digits(HeaderNames.PARKED, waiting.times())
                .digits(
                        HeaderNames.PARKED_MS,
                        CallDecoder.parkedMillis(parked) + Math.max(0, nowMillis - parked.timestampMillis()))
                .digits(HeaderNames.SENT, waiting.sentMillis());
        if (members == null) {
            headers.digits(HeaderNames.DEADLINE, waiting.deadlineMillis());
        } else {
            headers.text(HeaderNames.REST, BatchRestCodec.text(members.rest()));
        }
        return new OutboundRecord(parked.key(), parked.value(), headers.headers());
    }

    public Decoded<ParkedEntry> decode(InboundRecord record) {
        byte[] entry = record.headers().last(ENTRY).orElse(null);
        if (entry == null) {
            return new Decoded.Malformed<>("header \"" + ENTRY + "\" is missing");
        }
        Problems problems = new Problems();
        ParkedEntry read = read(Fields.ofValue(entry, MAX_BYTES, problems), problems);
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
        WaitingMembers members = waiting.members();
        if (members != null) {
            json.begin(MEMBERS);
            json.text("name", members.name());
            json.texts("servers", members.servers());
            json.number("size", size(members.rest()));
            json.text("rest", BatchRestCodec.text(members.rest()));
            json.end();
        }
        return text(json);
    }

    private static int size(BatchRest rest) {
        return rest.left().size()
                + rest.ended().values().stream().mapToInt(Integer::intValue).sum();
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

    private static ParkedEntry read(Fields fields, Problems problems) {
        return switch (fields.requiredWord("type", TYPES, word -> word, WAITING)) {
            case RETURNED -> new Returned(fields.requiredInteger("offset", 0, Long.MAX_VALUE));
            case OPENED -> new Opened(fields.requiredText("worker"));
            default -> readWaiting(fields, problems);
        };
    }

    private static Waiting readWaiting(Fields fields, Problems problems) {
        return new Waiting(
                fields.requiredText("id"),
                new Wanted(fields.requiredText("server"), fields.requiredText("tool"), fields.text("tenant")),
                fields.requiredInteger("due", 0, Long.MAX_VALUE),
                fields.requiredInteger("deadline", 0, Long.MAX_VALUE),
                fields.requiredText("code"),
                (int) fields.requiredInteger("times", 1, Integer.MAX_VALUE),
                fields.requiredInteger("sent", 0, Long.MAX_VALUE),
                readMembers(fields.nested(MEMBERS), problems));
    }

    private static @Nullable WaitingMembers readMembers(@Nullable Fields fields, Problems problems) {
        if (fields == null) {
            return null;
        }
        int size = (int) fields.requiredInteger("size", 1, MAX_MEMBERS);
        byte[] rest = fields.requiredText("rest").getBytes(StandardCharsets.UTF_8);
        return new WaitingMembers(
                fields.requiredText("name"), fields.texts("servers"), BatchRestCodec.read(rest, size, problems));
    }
}
