package io.toolstream.worker.cache;

import io.toolstream.wire.CacheMode;
import io.toolstream.wire.Call;
import io.toolstream.wire.CallOptions;
import io.toolstream.worker.invoke.Invocation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fetches fresh answers for which nobody waits: one at a time for a key, and not many in all, since they have no place in
 * flight of their own. Any thread.
 */
final class Revalidation {
    /** The caller's time is its own: an answer to keep is worth as much as this. */
    private static final Duration TIME = Duration.ofSeconds(30);

    private static final int MOST = 64;

    private final AtomicInteger underWay = new AtomicInteger();
    private final Flights flights;
    private final InstantSource clock;

    Revalidation(Flights flights, InstantSource clock) {
        this.flights = flights;
        this.clock = clock;
    }

    /** As the call that met a stale answer would fetch it. */
    void begin(CacheKey key, Invocation invocation) {
        if (underWay.incrementAndGet() > MOST) {
            underWay.decrementAndGet();
            return;
        }
        Invocation unasked = new Invocation(withTime(invocation.call()), invocation.tool(), invocation.origin());
        var unused = flights.launch(key, unasked).thenRun(underWay::decrementAndGet);
    }

    private Call withTime(Call call) {
        CallOptions asked = call.options();
        CallOptions options = new CallOptions(
                clock.millis() + TIME.toMillis(), asked.priority(), CacheMode.USE, false, null, null, null, null);
        return new Call(call.id(), call.target(), call.arguments(), call.route(), options, call.context());
    }
}
