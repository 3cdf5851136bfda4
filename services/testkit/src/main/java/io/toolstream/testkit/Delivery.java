package io.toolstream.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How the bytes of an answer reach the client. Blocks for as long as it takes. */
@FunctionalInterface
public interface Delivery {
    /**
     * Sends the pieces, or something else in their place.
     *
     * @param pieces over HTTP the head first
     * @param pause before each piece of the body but the first
     */
    void send(List<byte[]> pieces, Duration pause, Wire wire) throws IOException;

    /** All of it, as it should be. */
    static Delivery whole() {
        return (pieces, pause, wire) -> {
            for (int i = 0; i < pieces.size(); i++) {
                if (i > 1) {
                    sleep(pause);
                }
                wire.write(pieces.get(i));
            }
        };
    }

    /** The first bytes, counted over head and body, then an orderly close. */
    static Delivery closeAt(int bytes) {
        return (pieces, pause, wire) -> {
            wire.write(join(pieces), 0, Math.min(bytes, length(pieces)));
            wire.close();
        };
    }

    /** The first bytes, counted over head and body, then a reset. */
    static Delivery resetAt(int bytes) {
        return (pieces, pause, wire) -> {
            wire.write(join(pieces), 0, Math.min(bytes, length(pieces)));
            wire.reset();
        };
    }

    /** Nothing, then an orderly close. */
    static Delivery closeBeforeHead() {
        return closeAt(0);
    }

    /** The head, then an orderly close. */
    static Delivery closeAfterHead() {
        return closeAfterPieces(1);
    }

    /** The head and so many chunks of the body less one, then an orderly close. */
    static Delivery closeAfterPieces(int count) {
        return (pieces, pause, wire) -> {
            for (byte[] piece : pieces.subList(0, Math.min(count, pieces.size()))) {
                wire.write(piece);
            }
            wire.close();
        };
    }

    /** All of it, then a close that was not announced. */
    static Delivery thenClose() {
        return closeAt(Integer.MAX_VALUE);
    }

    /** The first bytes, counted over head and body, then nothing more while the connection stays. */
    static Delivery hangAt(int bytes) {
        return (pieces, pause, wire) -> {
            wire.write(join(pieces), 0, Math.min(bytes, length(pieces)));
            wire.hang();
        };
    }

    /** The head, then nothing more while the connection stays. */
    static Delivery hangAfterHead() {
        return (pieces, pause, wire) -> {
            wire.write(pieces.get(0));
            wire.hang();
        };
    }

    /** All of it, a few bytes at a time. */
    static Delivery drip(int bytes, Duration every) {
        return (pieces, pause, wire) -> {
            byte[] all = join(pieces);
            for (int sent = 0; sent < all.length; sent += bytes) {
                wire.write(all, sent, Math.min(bytes, all.length - sent));
                sleep(every);
            }
        };
    }

    /** These bytes in place of the answer. */
    static Delivery garbage(byte[] bytes) {
        return (pieces, pause, wire) -> wire.write(bytes);
    }

    /** These bytes, then the answer as it should be. */
    static Delivery after(byte[] bytes) {
        return (pieces, pause, wire) -> {
            wire.write(bytes);
            whole().send(pieces, pause, wire);
        };
    }

    /** The first bytes, then these again and again until the client has had enough. */
    static Delivery endless(int bytes, byte[] more) {
        return (pieces, pause, wire) -> {
            wire.write(join(pieces), 0, Math.min(bytes, length(pieces)));
            while (true) {
                wire.write(more);
            }
        };
    }

    private static int length(List<byte[]> pieces) {
        return pieces.stream().mapToInt(piece -> piece.length).sum();
    }

    private static byte[] join(List<byte[]> pieces) {
        byte[] all = new byte[length(pieces)];
        int position = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, position, piece.length);
            position += piece.length;
        }
        return all;
    }

    private static void sleep(Duration pause) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while sending", e);
        }
    }
}
