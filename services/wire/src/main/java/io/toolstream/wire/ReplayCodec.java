package io.toolstream.wire;

import io.toolstream.wire.ReplayEntry.Author;
import io.toolstream.wire.ReplayEntry.Ended;
import io.toolstream.wire.ReplayEntry.Planned;
import io.toolstream.wire.ReplayEntry.Resolved;
import io.toolstream.wire.ReplayEntry.Selection;
import io.toolstream.wire.ReplayEntry.Sent;
import io.toolstream.wire.ReplayEntry.Terms;
import io.toolstream.wire.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes and reads records of the replays topic, whose keys name the dead letter or the replay they tell of. Internal: this
 * layout may change. Thread-safe; reading never throws.
 */
public final class ReplayCodec {
    private static final int MAX_BYTES = 4 << 20;
    private static final String PLANNED = "planned";
    private static final String SENT = "sent";
    private static final String RESOLVED = "resolved";
    private static final String ENDED = "ended";
    private static final String[] TYPES = {PLANNED, SENT, RESOLVED, ENDED};

    public OutboundRecord encode(ReplayEntry entry) {
        OurJson json = new OurJson(new JsonWriter(256));
        json.begin();
        String key;
        if (entry instanceof Planned planned) {
            key = planned.plan();
            write(json, planned);
        } else if (entry instanceof Sent sent) {
            key = sent.letter();
            write(json, sent);
        } else if (entry instanceof Resolved resolved) {
            key = resolved.letter();
            json.text("type", RESOLVED);
            json.text("letter", resolved.letter());
            write(json, resolved.author());
        } else {
            key = ((Ended) entry).plan();
            write(json, (Ended) entry);
        }
        return new OutboundRecord(
                key.getBytes(StandardCharsets.UTF_8), json.end().toByteArray(), Headers.NONE);
    }

    private static void write(OurJson json, Planned planned) {
        json.text("type", PLANNED);
        json.text("plan", planned.plan());
        write(json, planned.author());
        write(json, planned.selection());
        write(json, planned.terms());
        write(json, "letters", planned.letters());
        write(json, "calls", planned.calls());
        json.bool("proven", planned.isProven());
    }

    private static void write(OurJson json, Author author) {
        json.text("by", author.by());
        json.number("at", author.atMillis());
        json.text("note", author.note());
    }

    private static void write(OurJson json, Selection selection) {
        json.begin("selection");
        json.text("server", selection.server());
        json.text("tool", selection.tool());
        json.text("code", selection.code());
        json.text("tenant", selection.tenant());
        json.number("since", selection.sinceMillis());
        json.number("until", selection.untilMillis());
        json.text("fingerprint", selection.fingerprint());
        json.text("letters", selection.letters().isEmpty() ? null : String.join(" ", selection.letters()));
        json.end();
    }

    private static void write(OurJson json, Terms terms) {
        json.begin("terms");
        json.number("perSecond", terms.perSecond());
        json.number("timeoutMs", terms.timeoutMillis());
        json.number("canary", terms.canary());
        json.bool("confirmed", terms.isConfirmed());
        json.bool("again", terms.isAgain());
        json.raw("arguments", terms.arguments());
        json.end();
    }

    private static void write(OurJson json, String name, List<RecordPosition> positions) {
        if (positions.isEmpty()) {
            return;
        }
        json.beginArray(name);
        for (RecordPosition position : positions) {
            json.begin();
            write(json, position);
            json.end();
        }
        json.endArray();
    }

    private static void write(OurJson json, RecordPosition position) {
        json.text("topic", position.topic());
        json.number("partition", position.partition());
        json.number("offset", position.offset());
    }

    private static void write(OurJson json, Sent sent) {
        json.text("type", SENT);
        json.text("plan", sent.plan());
        json.text("letter", sent.letter());
        json.number("number", sent.number());
        json.text("id", sent.id());
        json.begin("call");
        write(json, sent.call());
        json.end();
        write(json, sent.author());
    }

    private static void write(OurJson json, Ended ended) {
        json.text("type", ENDED);
        json.text("plan", ended.plan());
        json.number("sent", ended.sent());
        json.text("stoppedBecause", ended.stoppedBecause());
        write(json, ended.author());
    }

    public Decoded<ReplayEntry> decode(InboundRecord record) {
        Problems problems = new Problems();
        Fields fields = Fields.ofValue(record.value(), MAX_BYTES, problems);
        ReplayEntry entry = read(fields);
        Refusal refusal = problems.first();
        return refusal == null ? new Decoded.WellFormed<>(entry) : new Decoded.Malformed<>(refusal.message());
    }

    private static ReplayEntry read(Fields fields) {
        Author author = new Author(
                fields.requiredText("by"), fields.requiredInteger("at", 0, Long.MAX_VALUE), fields.text("note"));
        return switch (fields.requiredWord("type", TYPES, word -> word, RESOLVED)) {
            case PLANNED -> readPlanned(fields, author);
            case SENT ->
                new Sent(
                        fields.requiredText("plan"),
                        fields.requiredText("letter"),
                        (int) fields.requiredInteger("number", 0, Integer.MAX_VALUE),
                        fields.requiredText("id"),
                        readPosition(fields.requiredNested("call")),
                        author);
            case ENDED ->
                new Ended(
                        fields.requiredText("plan"),
                        author,
                        fields.requiredInteger("sent", 0, Long.MAX_VALUE),
                        fields.text("stoppedBecause"));
            default -> new Resolved(fields.requiredText("letter"), author);
        };
    }

    private static Planned readPlanned(Fields fields, Author author) {
        return new Planned(
                fields.requiredText("plan"),
                author,
                readSelection(fields.requiredNested("selection")),
                readTerms(fields.requiredNested("terms")),
                readPositions(fields, "letters"),
                readPositions(fields, "calls"),
                fields.requiredBool("proven"));
    }

    private static Selection readSelection(Fields fields) {
        String letters = fields.text("letters");
        return new Selection(
                fields.text("server"),
                fields.text("tool"),
                fields.text("code"),
                fields.text("tenant"),
                fields.integer("since"),
                fields.integer("until"),
                fields.text("fingerprint"),
                letters == null ? List.of() : List.of(letters.split(" ", -1)));
    }

    private static Terms readTerms(Fields fields) {
        return new Terms(
                (int) fields.requiredInteger("perSecond", 1, Integer.MAX_VALUE),
                fields.requiredInteger("timeoutMs", 1, Long.MAX_VALUE),
                (int) fields.requiredInteger("canary", 0, Integer.MAX_VALUE),
                fields.requiredBool("confirmed"),
                fields.requiredBool("again"),
                fields.rawObject("arguments"));
    }

    private static List<RecordPosition> readPositions(Fields fields, String name) {
        List<RecordPosition> positions = new ArrayList<>();
        if (fields.has(name)) {
            fields.requiredObjects(name).forEach(position -> positions.add(readPosition(position)));
        }
        return positions;
    }

    private static RecordPosition readPosition(Fields fields) {
        return new RecordPosition(
                fields.requiredText("topic"),
                (int) fields.requiredInteger("partition", 0, Integer.MAX_VALUE),
                fields.requiredInteger("offset", 0, Long.MAX_VALUE));
    }
}
