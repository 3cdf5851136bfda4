package io.toolstream.kafka;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Commit notes as the metadata text of a commit: {@code ts1.} and, in base64url, a checksum, a byte of flags, and what
 * these announce. The checksum covers the committed offset too: a note that came to stand beside another offset (somebody
 * moved the group with a tool that keeps metadata) says nothing.
 *
 * <p>At most {@link #MAX_CHARS} long, well under the 4,096 that brokers take. Whatever is foreign, damaged or of a later
 * version reads as {@link CommitNote#NONE}: then records run again, which is always right.
 */
final class CommitNoteCodec {
    static final int MAX_CHARS = 3_000;

    private static final String PREFIX = "ts1.";
    private static final int MAX_BYTES = (MAX_CHARS - PREFIX.length()) / 4 * 3;

    /** More than any broker's setting would let us write ourselves. */
    private static final int MAX_CHARS_READ = 64 * 1024;

    /** Shorter texts had room for one offset more. */
    private static final int NEARLY = 32;

    private static final int TAKE = 1;
    private static final int HISTORY = 2;

    private CommitNoteCodec() {}

    static String encode(long offset, CommitNote note) {
        if (note.isEmpty()) {
            return "";
        }
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES).position(Integer.BYTES);
        writeHead(note, offset, out);
        OffsetRunsCodec.write(note.done(), offset, out);
        out.flip();
        out.putInt(0, checksum(offset, out));
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(out));
    }

    /** How many offsets of a note did not fit into its text. */
    static long untold(long offset, CommitNote note, String text) {
        return text.length() < MAX_CHARS - NEARLY
                ? 0
                : note.done().size() - decode(offset, text).done().size();
    }

    static CommitNote decode(long offset, String metadata) {
        if (!metadata.startsWith(PREFIX) || metadata.length() > MAX_CHARS_READ) {
            return CommitNote.NONE;
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(Base64.getUrlDecoder().decode(metadata.substring(PREFIX.length())));
            return in.getInt(0) == checksum(offset, in) ? read(offset, in.position(Integer.BYTES)) : CommitNote.NONE;
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException e) {
            return CommitNote.NONE;
        }
    }

    private static void writeHead(CommitNote note, long offset, ByteBuffer out) {
        boolean hasHistory = note.history().onceEnd() > offset;
        out.put((byte) ((note.take() == null ? 0 : TAKE) | (hasHistory ? HISTORY : 0)));
        if (note.take() != null) {
            TakeCodec.write(note.take(), offset, out);
        }
        if (hasHistory) {
            TakeCodec.write(note.history(), offset, out);
        }
    }

    private static CommitNote read(long offset, ByteBuffer in) {
        int flags = in.get();
        if ((flags & ~(TAKE | HISTORY)) != 0) {
            return CommitNote.NONE;
        }
        Take take = (flags & TAKE) == 0 ? null : TakeCodec.readTake(offset, in);
        CrashHistory history = (flags & HISTORY) == 0 ? CrashHistory.NONE : TakeCodec.readHistory(offset, in);
        OffsetRuns done = OffsetRunsCodec.read(offset, in);
        return done == null ? CommitNote.NONE : new CommitNote(done, history, take);
    }

    private static int checksum(long offset, ByteBuffer note) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, offset));
        crc.update(note.duplicate().position(Integer.BYTES));
        return (int) crc.getValue();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
