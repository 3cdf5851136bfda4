package io.toolstream.client.deadletters;

import io.toolstream.client.deadletters.Sending.Unsent;
import io.toolstream.kafka.BrokerUnavailableException;
import io.toolstream.kafka.PublishException;
import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.wire.RecordPosition;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Judges calls that were not acknowledged: whether their topic is closed to all of them, the broker is away for now, or it
 * was a moment's answer of a broker that is behind. For one thread; blocks while a topic is looked for.
 */
final class Undelivered {
    private final Destinations destinations;
    private final Set<RecordPosition> triedAgain = new HashSet<>();

    Undelivered(Destinations destinations) {
        this.destinations = destinations;
    }

    /** What to do about one. */
    enum Judgement {
        /** Its topic was there after all: send it again. */
        AGAIN,
        /** Its topic is closed, see {@link Destinations#closed}. */
        CLOSED,
        /** Its topic takes no record as large as this. */
        TOO_LARGE
    }

    /** @throws Stopped where nothing can be said about its topic now */
    Judgement judge(Unsent unsent) {
        Kind kind = unsent.failure() instanceof PublishException known ? known.kind() : Kind.FATAL;
        if (kind == Kind.TOO_LARGE) {
            return Judgement.TOO_LARGE;
        }
        if (isClosed(unsent.topic())) {
            return Judgement.CLOSED;
        }
        if (kind != Kind.DESTINATION) {
            throw Stopped.cannotSend(why(unsent)); // it may stand there, or pass later: resuming finds out
        }
        if (triedAgain.add(unsent.letter().position())) {
            return Judgement.AGAIN;
        }
        destinations.close(unsent.topic(), why(unsent));
        return Judgement.CLOSED;
    }

    private boolean isClosed(String topic) {
        try {
            return destinations.closedNow(topic) != null;
        } catch (BrokerUnavailableException e) {
            throw Stopped.cannotSend(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    static String why(Unsent unsent) {
        return Objects.requireNonNullElse(
                unsent.failure().getMessage(), unsent.failure().toString());
    }
}
