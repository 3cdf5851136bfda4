package io.toolstream.client.deadletters;

import io.toolstream.wire.Call;
import io.toolstream.wire.DeadLetter;
import io.toolstream.wire.DeadLetterCodec;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayedCall;
import io.toolstream.wire.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter where it stands, and what was done about it, as of the reading.
 *
 * @param position names the letter: topic, partition and offset
 * @param letter the original record byte for byte, why its call failed, and after how many attempts
 * @param call null where the record is no call, or several
 * @param target what it asks for, its server told by the catalogue where the tool's name tells both; null without a call
 * @param state what was done about it
 * @param sentBefore how often this very letter was sent again
 */
public record KeptLetter(
        RecordPosition position,
        DeadLetter letter,
        @Nullable Call call,
        @Nullable Target target,
        State state,
        int sentBefore) {
    private static final DeadLetterCodec CODEC = new DeadLetterCodec();

    /** What was done about a dead letter. */
    public enum State {
        /** Nothing. */
        OPEN,
        /** Sent again as a call; if that failed too, there is another dead letter. */
        REPLAYED,
        /** Somebody said that it needs nothing. */
        RESOLVED
    }

    /** Empty for a record that is no dead letter of ours. */
    static Optional<KeptLetter> of(InboundRecord record, ReplayLog log, KnownTools tools) {
        if (!(CODEC.decode(record) instanceof Decoded.WellFormed<DeadLetter> wellFormed)) {
            return Optional.empty();
        }
        DeadLetter letter = wellFormed.value();
        String name = record.position().toString();
        Call call = ReplayedCall.of(letter).orElse(null);
        Target target = call == null ? null : tools.resolved(call.target());
        return Optional.of(new KeptLetter(record.position(), letter, call, target, log.state(name), log.sent(name)));
    }

    /** The server that the call asks for; null where its name alone does not tell, or no call can be read. */
    public @Nullable String server() {
        return target == null ? null : target.server();
    }

    /** The tool that the call asks for; null where no call can be read. */
    public @Nullable String tool() {
        return target == null ? null : target.tool();
    }

    /** On whose behalf it was called; null where nobody was named. */
    public @Nullable String tenant() {
        return call == null ? null : call.context().tenant();
    }

    /** When the call failed first, epoch ms. */
    public long failedAtMillis() {
        return letter.failure().firstFailureMillis();
    }

    /** The same for all that failed alike, see {@link LetterGroup}. */
    public String fingerprint() {
        return cause().fingerprint();
    }

    Cause cause() {
        return Cause.of(letter.code(), server(), letter.message());
    }

    /** How often its call would have been replayed if it were sent again now. */
    int nextNumber() {
        return letter.replays() + sentBefore + 1;
    }
}
