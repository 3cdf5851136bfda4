package io.toolstream.wire;

import io.toolstream.wire.ParkedEntry.Newer;
import io.toolstream.wire.ParkedEntry.Opened;
import io.toolstream.wire.ParkedEntry.Returned;
import io.toolstream.wire.ParkedEntry.Waiting;
import io.toolstream.wire.ParkedEntry.WaitingMembers;
import io.toolstream.wire.ParkedEntry.Wanted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One reading of one record of the parked topic. Never throws. */
final class ParkedReading {
    private static final String[] TYPES = {ParkedCodec.WAITING, ParkedCodec.RETURNED, ParkedCodec.OPENED};
    private static final int MAX_BYTES = 64 << 10;
    private static final int MAX_MEMBERS = 1_000;

    private final InboundRecord record;

    ParkedReading(InboundRecord record) {
        this.record = record;
    }

    Decoded<ParkedEntry> read() {
        byte[] entry = record.headers().last(ParkedCodec.ENTRY).orElse(null);
        if (entry == null) {
            return new Decoded.Malformed<>("no-entry");
        }
        Problems problems = new Problems();
        Fields fields = Fields.ofValue(entry, MAX_BYTES, problems);
        long version = Objects.requireNonNullElse(fields.integer("version"), 1L);
        ParkedEntry read = entry(fields, problems);
        Refusal refusal = problems.first();
        // What is newer is known to be so even if nothing else of it can be read.
        if (version > ParkedCodec.VERSION && record.value() != null) {
            return new Decoded.WellFormed<>(
                    newer(version, refusal == null && read instanceof Waiting waiting ? waiting : null));
        }
        return refusal == null
                ? new Decoded.WellFormed<>(read)
                : new Decoded.Malformed<>(refusal.code().text());
    }

    private Newer newer(long version, @Nullable Waiting waiting) {
        return new Newer(version, waiting == null ? deadlineMillis() : waiting.deadlineMillis(), waiting);
    }

    /** As its caller said it in a header, else as if it had said none. */
    private long deadlineMillis() {
        return CallDecoder.millis(
                record,
                HeaderNames.DEADLINE,
                record.timestampMillis() + WireLimits.DEFAULT.defaultDeadline().toMillis());
    }

    /** A call has a value and a mark has none: what is both is neither. */
    private ParkedEntry entry(Fields fields, Problems problems) {
        String type = fields.requiredWord("type", TYPES, word -> word, ParkedCodec.WAITING);
        if (type.equals(ParkedCodec.WAITING) == (record.value() == null)) {
            problems.add(ErrorCode.WRONG_TYPE, "a call has a value, and a mark has none");
        }
        return switch (type) {
            case ParkedCodec.RETURNED -> new Returned(fields.requiredInteger("offset", 0, Long.MAX_VALUE));
            case ParkedCodec.OPENED -> new Opened(fields.requiredText("worker"));
            default -> waiting(fields, problems);
        };
    }

    private static Waiting waiting(Fields fields, Problems problems) {
        return new Waiting(
                fields.requiredText("id"),
                new Wanted(fields.requiredText("server"), fields.requiredText("tool"), fields.text("tenant")),
                fields.requiredInteger("due", 0, Long.MAX_VALUE),
                fields.requiredInteger("deadline", 0, Long.MAX_VALUE),
                fields.requiredText("code"),
                (int) fields.requiredInteger("times", 1, Integer.MAX_VALUE),
                fields.requiredInteger("sent", 0, Long.MAX_VALUE),
                members(fields.nested(ParkedCodec.MEMBERS), problems));
    }

    private static @Nullable WaitingMembers members(@Nullable Fields fields, Problems problems) {
        if (fields == null) {
            return null;
        }
        int size = (int) fields.requiredInteger("size", 1, MAX_MEMBERS);
        byte[] rest = fields.requiredText("rest").getBytes(StandardCharsets.UTF_8);
        List<String> servers = fields.texts("servers");
        if (servers.isEmpty()) {
            problems.add(ErrorCode.MISSING_FIELD, "members wait for no server");
        }
        return new WaitingMembers(fields.requiredText("name"), servers, BatchRestCodec.read(rest, size, problems));
    }
}
