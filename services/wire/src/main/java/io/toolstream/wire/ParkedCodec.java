package io.toolstream.wire;

import io.toolstream.wire.ParkedEntry.Newer;
import io.toolstream.wire.ParkedEntry.Opened;
import io.toolstream.wire.ParkedEntry.Returned;
import io.toolstream.wire.ParkedEntry.Waiting;
import io.toolstream.wire.ParkedEntry.WaitingMembers;
import io.toolstream.wire.json.JsonWriter;
import io.toolstream.wire.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads records of the parked topic. A waiting call keeps its key, its value and its headers byte for byte; what
 * is known of it stands in one header behind them, the entry, as JSON. Marks have no value. Internal: this layout may change.
 * Thread-safe; reading never throws.
 *
 * <p>The entry names its {@code version}; without one it is 1. Fields that an older worker may ignore are added without a new
 * version. A new version says: who does not know it must not act on a waiting call. What holds in all versions, since workers
 * of two of them share a topic while one replaces the other: the entry is a JSON object in the header of this name; a record
 * with a value is a call as it was sent; marks are what they are in version 1.
 */
public final class ParkedCodec {
    /** What this class writes. */
    static final int VERSION = 1;

    /** The last header of every record of the topic. */
    static final String ENTRY = "toolstream-parked-entry";

    static final String WAITING = "waiting";
    static final String RETURNED = "returned";
    static final String OPENED = "opened";
    static final String MEMBERS = "members";

    /** Said anew each time a call comes back. */
    private static final Set<String> SAID_ANEW = Set.of(
            ENTRY,
            HeaderNames.MOVED,
            HeaderNames.PARKED,
            HeaderNames.PARKED_MS,
            HeaderNames.SENT,
            HeaderNames.REST,
            HeaderNames.UNREAD);

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
     * from when their times count. One whose entry cannot be read says that: it is to be answered, and not to be run.
     *
     * @param parked as read from the parked topic
     * @param nowMillis epoch ms: it waited until then
     */
    public OutboundRecord restored(InboundRecord parked, long nowMillis) {
        Decoded<ParkedEntry> decoded = decode(parked);
        Waiting waiting = decoded instanceof Decoded.WellFormed<ParkedEntry> entry ? waiting(entry.value()) : null;
        return waiting == null
                ? unread(
                        parked,
                        nowMillis,
                        decoded instanceof Decoded.Malformed<?> malformed ? malformed.why() : "newer")
                : restored(parked, waiting, nowMillis);
    }

    private static @Nullable Waiting waiting(ParkedEntry entry) {
        if (entry instanceof Newer newer) {
            return newer.waiting();
        }
        return entry instanceof Waiting waiting ? waiting : null;
    }

    private static OutboundRecord restored(InboundRecord parked, Waiting waiting, long nowMillis) {
        WaitingMembers members = waiting.members();
        Set<String> leftOut = new HashSet<>(SAID_ANEW);
        if (members == null) {
            leftOut.add(HeaderNames.DEADLINE);
        }
        HeaderList headers = back(parked, leftOut, nowMillis)
                .text(HeaderNames.MOVED, members == null ? waiting.id() : members.name())
                .digits(HeaderNames.PARKED, waiting.times())
                .digits(HeaderNames.SENT, waiting.sentMillis());
        if (members == null) {
            headers.digits(HeaderNames.DEADLINE, waiting.deadlineMillis());
        } else {
            headers.text(HeaderNames.REST, BatchRestCodec.text(members.rest()));
        }
        return new OutboundRecord(parked.key(), parked.value(), headers.headers());
    }

    private static OutboundRecord unread(InboundRecord parked, long nowMillis, String why) {
        HeaderList headers = back(parked, SAID_ANEW, nowMillis)
                .text(HeaderNames.MOVED, CallDecoder.nameOf(parked))
                .digits(HeaderNames.PARKED, 1)
                .digits(HeaderNames.SENT, CallDecoder.sentMillis(parked))
                .text(HeaderNames.UNREAD, why);
        return new OutboundRecord(parked.key(), parked.value(), headers.headers());
    }

    private static HeaderList back(InboundRecord parked, Set<String> leftOut, long nowMillis) {
        List<Header> kept = parked.headers().all().stream()
                .filter(header -> !leftOut.contains(header.name()))
                .toList();
        long parkedMillis = CallDecoder.parkedMillis(parked) + Math.max(0, nowMillis - parked.timestampMillis());
        return new HeaderList(kept).digits(HeaderNames.PARKED_MS, parkedMillis);
    }

    /** What is malformed says why in a word or two, and nothing of its content. */
    public Decoded<ParkedEntry> decode(InboundRecord record) {
        return new ParkedReading(record).read();
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
        json.number("version", VERSION);
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
}
