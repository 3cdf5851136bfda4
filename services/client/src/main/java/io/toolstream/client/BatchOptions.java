package io.toolstream.client;

import io.toolstream.wire.Priority;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a batch is sent.
 *
 * @param id begins the ids of its calls: the call of index 17 is {@code id-17}, unless it has an id of its own. A batch that
 *     is sent again under the same id sends the same calls again, and is recognised by workers as such
 * @param priority of all its calls; null: of each call its own
 * @param timeout of calls that set none, from the moment they are sent
 * @param isKeyed whether a call without an idempotency key gets its batch's id and index as one. With a key, a call of a
 *     tool that runs once may be sent again without running again, within the ledger's retention
 */
public record BatchOptions(
        String id, @Nullable Priority priority, Duration timeout, boolean isKeyed, Window window, RecordSize records) {
    private static final int MAX_ID_CHARS = 100; // an index and a hyphen follow

    public BatchOptions {
        if (id.isEmpty() || id.length() > MAX_ID_CHARS) {
            throw new IllegalArgumentException(
                    "id has " + id.length() + " characters, 1 to " + MAX_ID_CHARS + " expected");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must be positive: " + timeout);
        }
    }

    /** Under an id that nobody else has: priority {@code batch}, 5 minutes for a call, keyed, the usual window and records. */
    public static BatchOptions fresh() {
        return of(UUID.randomUUID().toString());
    }

    /** The same under this id: to send a batch again, or to tell its calls by their ids. */
    public static BatchOptions of(String id) {
        return new BatchOptions(id, Priority.BATCH, Duration.ofMinutes(5), true, Window.DEFAULT, RecordSize.DEFAULT);
    }

    /** Of all calls; null: of each call its own. */
    public BatchOptions withPriority(@Nullable Priority value) {
        return new BatchOptions(id, value, timeout, isKeyed, window, records);
    }

    /** For calls that set none; of the call, not of the batch, which may take as long as it likes. */
    public BatchOptions withTimeout(Duration value) {
        return new BatchOptions(id, priority, value, isKeyed, window, records);
    }

    /** Leaves calls without a key as they are: what is lost on its way is then not sent again. */
    public BatchOptions withoutKeys() {
        return new BatchOptions(id, priority, timeout, false, window, records);
    }

    /** So many calls in flight, and four times as many kept for their order. */
    public BatchOptions withInFlight(int calls) {
        return withWindow(new Window(calls, Math.multiplyExact(4, calls), window.bytes()));
    }

    /** How far it goes ahead. */
    public BatchOptions withWindow(Window value) {
        return new BatchOptions(id, priority, timeout, isKeyed, value, records);
    }

    /** How many calls travel together. */
    public BatchOptions withRecords(RecordSize value) {
        return new BatchOptions(id, priority, timeout, isKeyed, window, value);
    }

    /**
     * How far a batch goes ahead of the oldest call that has no result yet.
     *
     * @param inFlight calls sent and not answered, at most; beside those of {@link ClientSettings#flow}
     * @param calls those, and the answered ones that wait for an older call, at most
     * @param bytes of the arguments and results of these; nothing more is sent beyond it, so that what is in flight then
     *     may still come on top
     */
    public record Window(int inFlight, int calls, long bytes) {
        /** 1,000 in flight, 4,000 kept for their order, 32 MiB. */
        public static final Window DEFAULT = new Window(1_000, 4_000, 32L << 20);

        public Window {
            if (inFlight < 1 || calls < inFlight || bytes < 1) {
                throw new IllegalArgumentException("window " + inFlight + ", " + calls + " calls, " + bytes
                        + " bytes: at least 1, at least as many calls as in flight, and 1 byte expected");
            }
        }
    }

    /**
     * How many calls one record holds at most: the contract allows 1,000, and 1 MiB.
     *
     * @param bytes of the calls in it; a larger call travels alone
     */
    public record RecordSize(int calls, int bytes) {
        /** Leaves room for what a call takes beside its arguments. */
        private static final int MOST_BYTES = 800_000;

        /** 100 calls, 256 KiB. */
        public static final RecordSize DEFAULT = new RecordSize(100, 256 << 10);

        public RecordSize {
            if (calls < 1 || calls > 1_000) {
                throw new IllegalArgumentException("calls " + calls + ": 1 to 1000 in a record expected");
            }
            if (bytes < 1 || bytes > MOST_BYTES) {
                throw new IllegalArgumentException("bytes " + bytes + ": 1 to " + MOST_BYTES + " in a record expected");
            }
        }
    }
}
