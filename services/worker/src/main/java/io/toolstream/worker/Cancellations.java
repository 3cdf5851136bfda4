package io.toolstream.worker;

import io.toolstream.runtime.logging.LogGate;
import io.toolstream.wire.CancelCodec;
import io.toolstream.wire.CancelRequest;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which calls their callers do not want any more, by id: those in flight are told at once, those still on the topic when
 * they are picked up. A cancellation counts for calls that were sent before it, so that a replay of a call runs.
 *
 * <p>Any thread may call; requests come on the thread of the tail that follows the control topic. Guarded by this object's
 * lock: both maps; nothing completes under it. Bounded by the calls in flight, and by the number of requests remembered.
 */
final class Cancellations {
    private static final Logger log = LoggerFactory.getLogger(Cancellations.class);
    private static final int MOST_REMEMBERED = 10_000;

    /** How far the clocks of who wrote the call and who wrote the request may be apart. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(10);

    private final LogGate strays = new LogGate(Duration.ofSeconds(5), System::nanoTime);
    private final CancelCodec codec = new CancelCodec();
    private final Map<String, Watched> inFlight = new HashMap<>();
    private final Map<String, Long> remembered = new LinkedHashMap<>();

    /** All calls of one id that are in flight here; more than one only where a record was read again. */
    private static final class Watched {
        private final CompletableFuture<Void> signal = new CompletableFuture<>();
        private int calls;
    }

    /** Completes when the call is to be cancelled; {@link #end} it. */
    CompletableFuture<Void> begin(String id, long sentMillis) {
        CompletableFuture<Void> signal;
        boolean isCancelled;
        synchronized (this) {
            Watched watched = inFlight.computeIfAbsent(id, unused -> new Watched());
            watched.calls++;
            signal = watched.signal;
            Long requestedMillis = remembered.get(id);
            isCancelled = requestedMillis != null && sentMillis <= requestedMillis + CLOCK_SKEW.toMillis();
        }
        if (isCancelled) {
            signal.complete(null);
        }
        return signal;
    }

    synchronized void end(String id) {
        Watched watched = inFlight.get(id);
        if (watched != null && --watched.calls == 0) {
            inFlight.remove(id);
        }
    }

    /** A record of the control topic. */
    void accept(InboundRecord record) {
        Decoded<CancelRequest> decoded = codec.decode(record);
        if (decoded instanceof Decoded.WellFormed<CancelRequest> request) {
            cancel(request.value().id(), record.timestampMillis());
        } else {
            strays.tell(() -> log.warn("{} is no request to cancel, and perhaps more", record.position()));
        }
    }

    private void cancel(String id, long requestedMillis) {
        Watched watched;
        synchronized (this) {
            remembered.remove(id);
            remembered.put(id, requestedMillis);
            if (remembered.size() > MOST_REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
            watched = inFlight.get(id);
        }
        if (watched != null) {
            watched.signal.complete(null);
        }
    }
}
