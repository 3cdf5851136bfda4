package io.toolstream.worker.resilience;

import io.toolstream.kafka.Publisher;
import io.toolstream.wire.BreakerCodec;
import io.toolstream.wire.BreakerEntry;
import io.toolstream.wire.BreakerEntry.Opened;
import io.toolstream.worker.invoke.EndpointId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other workers which breakers are open here, on the breakers topic: what is open, again and again as long as it is, and
 * a tombstone when it is not any more. Changes are gathered and written when {@link #flush} is called, so that a breaker that
 * flaps writes one record each time. Any thread; guarded by {@code this}: all three collections.
 */
public final class BreakerBoard {
    private static final Logger log = LoggerFactory.getLogger(BreakerBoard.class);
    static final Duration RENEWAL = Duration.ofSeconds(30);

    private final Publisher publisher;
    private final String topic;
    private final String worker;
    private final InstantSource clock;
    private final BreakerCodec codec = new BreakerCodec();
    private final Map<EndpointId, Opened> open = new HashMap<>();
    private final Map<EndpointId, Long> writtenMillis = new HashMap<>();
    private final Set<EndpointId> unwritten = new HashSet<>();

    /** @param worker our own name among the workers */
    public BreakerBoard(Publisher publisher, String topic, String worker, InstantSource clock) {
        this.publisher = publisher;
        this.topic = topic;
        this.worker = worker;
        this.clock = clock;
    }

    /** A breaker here has changed. Half open is open to others: it is not well yet. */
    public synchronized void changed(BreakerChange change) {
        EndpointId endpoint = change.endpoint();
        boolean isClosed = change.to() == BreakerState.CLOSED;
        if (isClosed && open.remove(endpoint) != null) {
            unwritten.add(endpoint);
        } else if (!isClosed && !open.containsKey(endpoint)) {
            open.put(endpoint, new Opened(clock.millis(), change.cause()));
            unwritten.add(endpoint);
        }
    }

    /** Something stands on the topic under our name: from an earlier life, if we know nothing of it. */
    synchronized void found(EndpointId endpoint) {
        if (!open.containsKey(endpoint)) {
            unwritten.add(endpoint);
        }
    }

    /** Writes what has changed and what is to be renewed. Does not wait for the broker. */
    public void flush() {
        due().forEach(this::write);
    }

    /** Nothing is open here any more: the worker ends. */
    public void retract() {
        synchronized (this) {
            unwritten.addAll(open.keySet());
            open.clear();
        }
        flush();
    }

    private synchronized List<BreakerEntry> due() {
        long now = clock.millis();
        open.keySet().stream()
                .filter(endpoint -> now - writtenMillis.getOrDefault(endpoint, 0L) >= RENEWAL.toMillis())
                .forEach(unwritten::add);
        List<BreakerEntry> due = unwritten.stream()
                .map(endpoint -> new BreakerEntry(endpoint.server(), endpoint.endpoint(), worker, open.get(endpoint)))
                .toList();
        unwritten.forEach(endpoint -> writtenMillis.put(endpoint, now));
        writtenMillis.keySet().removeIf(endpoint -> !open.containsKey(endpoint));
        unwritten.clear();
        return due;
    }

    private void write(BreakerEntry entry) {
        var unused = publisher.publish(topic, null, codec.encode(entry)).exceptionally(refused -> {
            log.debug("breaker of {} not told to others: {}", entry.endpoint(), refused.getMessage());
            again(new EndpointId(entry.server(), entry.endpoint()));
            return null;
        });
    }

    private synchronized void again(EndpointId endpoint) {
        unwritten.add(endpoint);
    }

    String worker() {
        return worker;
    }
}
