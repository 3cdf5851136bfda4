package io.toolstream.worker.resilience;

import io.toolstream.wire.BreakerCodec;
import io.toolstream.wire.BreakerEntry;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.InboundRecord;
import io.toolstream.worker.invoke.EndpointId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears on the breakers topic what is open at other workers, and makes a suspicion of it, nothing more: the bad network of one
 * worker must open nothing elsewhere. What has not been said again for a while is passed over: whoever said it is gone. Takes
 * records on the thread of one tail.
 */
public final class ForeignBreakers {
    private static final Logger log = LoggerFactory.getLogger(ForeignBreakers.class);
    private static final Duration EXPIRY = BreakerBoard.RENEWAL.multipliedBy(3);

    private final BreakerCodec codec = new BreakerCodec();
    private final BreakerBoard board;
    private final InstantSource clock;
    private final BiConsumer<EndpointId, String> onSuspicion;

    /**
     * @param board ours, so that what an earlier life of this worker left there is taken back
     * @param onSuspicion told the endpoint and, for people, who has opened its breaker; must not block
     */
    public ForeignBreakers(BreakerBoard board, InstantSource clock, BiConsumer<EndpointId, String> onSuspicion) {
        this.board = board;
        this.clock = clock;
        this.onSuspicion = onSuspicion;
    }

    public void accept(InboundRecord record) {
        if (codec.decode(record) instanceof Decoded.WellFormed<BreakerEntry> wellFormed) {
            take(wellFormed.value(), record.timestampMillis());
        } else {
            log.warn("{} is no entry of a breaker", record.position());
        }
    }

    private void take(BreakerEntry entry, long writtenMillis) {
        if (entry.opened() == null) {
            return;
        }
        EndpointId endpoint = new EndpointId(entry.server(), entry.endpoint());
        if (entry.worker().equals(board.worker())) {
            board.found(endpoint);
        } else if (clock.millis() - writtenMillis <= EXPIRY.toMillis()) {
            onSuspicion.accept(endpoint, "the breaker of worker " + entry.worker() + " is open");
        }
    }
}
