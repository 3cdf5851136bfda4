package io.toolstream.kafka;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes offset runs above a base offset into few bytes: as lengths of runs, or as a bitmap where runs are short. What
 * does not fit is left out from the far end: what is read back is a part of what was written, never more.
 *
 * <p>Lengths: gap, run, gap, run … each a varint. Bitmap: bit {@code n} of byte {@code i} is the offset
 * {@code base + 8 i + n}. Either fills the rest of its buffer.
 */
final class OffsetRunsCodec {
    private static final byte LENGTHS = 1;
    private static final byte BITMAP = 2;

    private OffsetRunsCodec() {}

    /** Writes whichever form tells more, or is shorter; nothing if there is nothing to tell. */
    static void write(OffsetRuns runs, long base, ByteBuffer out) {
        if (runs.isEmpty() || out.remaining() < 2) {
            return;
        }
        ByteBuffer lengths = ByteBuffer.allocate(out.remaining() - 1);
        ByteBuffer bitmap = ByteBuffer.allocate(out.remaining() - 1);
        long byLengths = writeLengths(runs, base, lengths);
        long byBitmap = writeBitmap(runs, base, bitmap);
        boolean isBitmap = byBitmap > byLengths || (byBitmap == byLengths && bitmap.position() < lengths.position());
        if (Math.max(byLengths, byBitmap) > 0) {
            out.put(isBitmap ? BITMAP : LENGTHS).put((isBitmap ? bitmap : lengths).flip());
        }
    }

    /**
     * Reads to the end of the buffer.
     *
     * @return null for a form that is not known
     * @throws java.nio.BufferUnderflowException or IllegalArgumentException for what was not written here
     */
    static @Nullable OffsetRuns read(long base, ByteBuffer in) {
        if (!in.hasRemaining()) {
            return OffsetRuns.NONE;
        }
        return switch (in.get()) {
            case LENGTHS -> readLengths(base, in);
            case BITMAP -> readBitmap(base, in);
            default -> null;
        };
    }

    /** How many offsets it could tell of. */
    private static long writeLengths(OffsetRuns runs, long base, ByteBuffer out) {
        long at = base;
        long told = 0;
        for (int run = 0; run < runs.count(); run++) {
            long gap = runs.start(run) - at;
            long length = runs.end(run) - runs.start(run);
            if (Varint.bytes(gap) + Varint.bytes(length) > out.remaining()) {
                return told;
            }
            Varint.write(gap, out);
            Varint.write(length, out);
            told += length;
            at = runs.end(run);
        }
        return told;
    }

    private static OffsetRuns readLengths(long base, ByteBuffer in) {
        OffsetRuns.Builder runs = new OffsetRuns.Builder();
        long at = base;
        while (in.hasRemaining()) {
            long start = Math.addExact(at, Varint.read(in));
            at = Math.addExact(start, Varint.read(in));
            runs.add(start, at);
        }
        return runs.build();
    }

    private static long writeBitmap(OffsetRuns runs, long base, ByteBuffer out) {
        long limit = base + (long) out.remaining() * Byte.SIZE;
        int used = 0;
        long told = 0;
        for (int run = 0; run < runs.count() && runs.start(run) < limit; run++) {
            long end = Math.min(runs.end(run), limit);
            for (long offset = runs.start(run); offset < end; offset++) {
                used = (int) ((offset - base) / Byte.SIZE);
                out.put(used, (byte) (out.get(used) | 1 << (offset - base) % Byte.SIZE));
            }
            told += end - runs.start(run);
        }
        out.position(told == 0 ? 0 : used + 1);
        return told;
    }

    private static OffsetRuns readBitmap(long base, ByteBuffer in) {
        OffsetRuns.Builder runs = new OffsetRuns.Builder();
        for (long at = base; in.hasRemaining(); at += Byte.SIZE) {
            int bits = in.get();
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                if ((bits & 1 << bit) != 0) {
                    runs.add(at + bit, at + bit + 1);
                }
            }
        }
        return runs.build();
    }
}
