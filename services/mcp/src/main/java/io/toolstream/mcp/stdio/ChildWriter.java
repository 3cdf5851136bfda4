package io.toolstream.mcp.stdio;

import io.toolstream.mcp.transport.Outbound;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of a child's stdin, on a thread of its own since a pipe blocks when the child does not read. What waits
 * is bounded in bytes. Offered to by any thread.
 */
final class ChildWriter implements Runnable {
    private static final Item END = new Item(new byte[0], null);

    private final OutputStream stdin;
    private final int maxBytes;
    private final Runnable onBroken;
    private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger queuedBytes = new AtomicInteger();
    private volatile long writingSinceNanos;

    /** A line to be written, for an exchange or on its own. */
    private record Item(byte[] line, @Nullable StdioExchange exchange) {
        boolean isEnd() {
            return line.length == 0;
        }

        boolean isWanted() {
            return exchange == null || exchange.beginWrite();
        }
    }

    /** @param onBroken called once if the child has closed its stdin */
    ChildWriter(OutputStream stdin, int maxBytes, Runnable onBroken) {
        this.stdin = stdin;
        this.maxBytes = maxBytes;
        this.onBroken = onBroken;
    }

    /** Returns false if too much waits already. */
    boolean offer(Outbound message, @Nullable StdioExchange exchange) {
        byte[] line = line(message.json());
        if (queuedBytes.addAndGet(line.length) > maxBytes) {
            queuedBytes.addAndGet(-line.length);
            return false;
        }
        return queue.add(new Item(line, exchange));
    }

    /** Closes stdin once everything offered before was written. */
    void end() {
        queue.add(END);
    }

    /** How long the child has not read what is being written. */
    long stalledNanos() {
        long since = writingSinceNanos;
        return since == 0 ? 0 : System.nanoTime() - since;
    }

    @Override
    public void run() {
        try (OutputStream out = new BufferedOutputStream(stdin, 32 << 10)) {
            for (Item item = queue.take(); !item.isEnd(); item = queue.take()) {
                queuedBytes.addAndGet(-item.line().length);
                if (item.isWanted()) {
                    write(out, item.line());
                }
            }
        } catch (IOException e) {
            onBroken.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(OutputStream out, byte[] line) throws IOException {
        writingSinceNanos = System.nanoTime() | 1;
        out.write(line);
        if (queue.isEmpty()) {
            out.flush();
        }
        writingSinceNanos = 0;
    }

    /** One message is one line: a line end in JSON can only be white space between tokens, so a blank does as well. */
    private static byte[] line(byte[] json) {
        byte[] line = new byte[json.length + 1];
        for (int i = 0; i < json.length; i++) {
            byte b = json[i];
            line[i] = b == '\n' || b == '\r' ? (byte) ' ' : b;
        }
        line[json.length] = '\n';
        return line;
    }
}
