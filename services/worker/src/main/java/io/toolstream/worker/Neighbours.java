package io.toolstream.worker;

import io.toolstream.kafka.PartitionTail;
import io.toolstream.kafka.StartAt;
import io.toolstream.worker.resilience.BreakerBoard;
import io.toolstream.worker.resilience.ForeignBreakers;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What workers tell each other about servers that they share: open breakers, over the breakers topic. Listens only once there
 * is such a server. Looks around on {@code call-n}; guarded by {@code this}: the tail. Closing takes back what was said here;
 * closed before the producers.
 */
final class Neighbours implements AutoCloseable {
    private static final long LOOK_MILLIS = 500;

    private final Foundation foundation;
    private final BreakerBoard board;
    private final Guards guards;
    private final Future<?> looking;
    private @Nullable PartitionTail tail;
    private boolean isClosed;

    private Neighbours(Foundation foundation, BreakerBoard board, Guards guards) {
        this.foundation = foundation;
        this.board = board;
        this.guards = guards;
        this.looking = foundation
                .threads()
                .timer()
                .scheduleWithFixedDelay(this::hop, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @param guards of our endpoints: those that are the same for other workers are spoken of */
    static Neighbours start(Foundation foundation, BreakerBoard board, Guards guards) {
        return new Neighbours(foundation, board, guards);
    }

    private void hop() {
        try {
            foundation.threads().calls().execute(this::look);
        } catch (RejectedExecutionException closing) {
            looking.cancel(false);
        }
    }

    private void look() {
        listen();
        board.flush();
    }

    private synchronized void listen() {
        if (tail == null && !isClosed && guards.areShared()) {
            ForeignBreakers foreign = new ForeignBreakers(board, foundation.clock(), guards::suspect);
            tail = PartitionTail.start(
                    foundation.kafka(), foundation.topics().breakers(), StartAt.BEGINNING, foreign::accept);
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        PartitionTail last;
        synchronized (this) {
            isClosed = true;
            last = tail;
        }
        if (last != null) {
            last.close();
        }
        board.retract();
    }
}
