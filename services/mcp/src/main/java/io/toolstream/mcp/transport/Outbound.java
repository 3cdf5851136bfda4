package io.toolstream.mcp.transport;

/**
 * One JSON-RPC message to a server, ready to go.
 *
 * @param id the request's id, or {@link #NO_ID}
 * @param json the whole message, not to be changed
 * @param fields what HTTP says beside it; other transports ignore them
 * @param answerBytes how long the {@code result} may be
 * @param deadlineNanos on the clock of {@link System#nanoTime()}
 */
public record Outbound(long id, byte[] json, HttpFields fields, int answerBytes, long deadlineNanos) {
    public static final long NO_ID = 0;

    /** What may come around a result: the envelope, a long id, an error's message. */
    public static final int ENVELOPE_BYTES = 64 << 10;

    public boolean isRequest() {
        return id != NO_ID;
    }

    /** The limit for a whole answer while it streams in. */
    public int messageBytes() {
        return messageBytes(answerBytes);
    }

    /** The limit for a whole answer with a result of so many bytes. */
    public static int messageBytes(int resultBytes) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, (long) resultBytes + ENVELOPE_BYTES);
    }

    /** Without its content. */
    @Override
    public String toString() {
        return "Outbound[id " + id + ", " + json.length + " bytes]";
    }
}
