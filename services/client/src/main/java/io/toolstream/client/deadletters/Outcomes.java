package io.toolstream.client.deadletters;

import io.toolstream.wire.Decoded;
import io.toolstream.wire.Event;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.EventsRecord;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Priority;
import io.toolstream.wire.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How replayed calls end, as workers tell on the events topic: seen from the opening on, whichever way their replies go. One
 * thread waits, another one sees.
 */
final class Outcomes implements AutoCloseable {
    private final EventCodec codec = new EventCodec();
    private final Map<String, CompletableFuture<Event.Ending>> byId = new ConcurrentHashMap<>();
    private final AutoCloseable following;

    private Outcomes(Topics topics, String events) {
        this.following = topics.follow(events, this::accept);
    }

    static Outcomes follow(Topics topics, String events) {
        return new Outcomes(topics, events);
    }

    private void accept(InboundRecord record) {
        if (codec.decode(record) instanceof Decoded.WellFormed<EventsRecord> wellFormed) {
            for (Event event : wellFormed.value().events()) {
                if (event.subject().priority() == Priority.REPLAY) {
                    of(event.subject().id()).complete(event.ending());
                }
            }
        }
    }

    private CompletableFuture<Event.Ending> of(String id) {
        return byId.computeIfAbsent(id, unused -> new CompletableFuture<>());
    }

    /** What became of a call, in words, where that is not {@code ok}; empty text if it is. */
    String troubleWith(String id, Duration limit) throws InterruptedException {
        try {
            Event.Ending ending = of(id).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            String code = ending.code() == null ? "" : " (" + ending.code() + ")";
            return ending.status() == Status.OK
                    ? ""
                    : "ended " + ending.status().text() + code;
        } catch (TimeoutException e) {
            return "did not end within " + limit.toSeconds() + " s";
        } catch (ExecutionException e) {
            throw new IllegalStateException("outcomes do not fail", e);
        }
    }

    @Override
    public void close() {
        try {
            following.close();
        } catch (Exception e) {
            throw new IllegalStateException("a tail does not fail to close", e);
        }
    }
}
