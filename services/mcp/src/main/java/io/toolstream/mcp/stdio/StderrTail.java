package io.toolstream.mcp.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * Drains a child's stderr and remembers its end, for error messages. A child may log what it was told, so configured
 * values are blotted out. Drained by one thread, asked by any.
 */
final class StderrTail {
    private static final int BYTES = 4096;
    private static final int SHORTEST_SECRET = 4;

    private final List<String> secrets;
    private final byte[] ring = new byte[BYTES]; // guarded by this
    private long total; // guarded by this

    /** @param values of configured variables */
    StderrTail(Collection<String> values) {
        this.secrets = values.stream()
                .filter(value -> value.length() >= SHORTEST_SECRET)
                .toList();
    }

    /** Reads to the end. Its closing is no error, and neither is anything in it. */
    void drain(InputStream stderr) {
        byte[] buffer = new byte[16 << 10];
        try (stderr) {
            for (int count = stderr.read(buffer); count >= 0; count = stderr.read(buffer)) {
                append(buffer, count);
            }
        } catch (IOException e) {
            append("(stderr broke)".getBytes(StandardCharsets.US_ASCII), 14);
        }
    }

    synchronized void append(byte[] bytes, int count) {
        int from = Math.max(0, count - BYTES);
        for (int i = from; i < count; i++) {
            ring[(int) ((total + i) % BYTES)] = bytes[i];
        }
        total += count;
    }

    /** Up to 4 KiB, one line, or empty. */
    String text() {
        byte[] bytes;
        boolean isCut;
        synchronized (this) {
            int length = (int) Math.min(BYTES, total);
            isCut = total > BYTES;
            bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = ring[(int) ((total - length + i) % BYTES)];
            }
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (isCut) {
            text = text.replaceFirst("^\\S*", ""); // what is left of a word could be what is left of a secret
        }
        for (String secret : secrets) {
            text = text.replace(secret, "***");
        }
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
