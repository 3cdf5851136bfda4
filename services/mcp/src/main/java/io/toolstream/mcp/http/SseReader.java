package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.toolstream.mcp.tcp.ByteSink;
import java.nio.charset.StandardCharsets;

/**
 * Reads a {@code text/event-stream} byte by byte as it arrives, by the rules of the HTML standard (section 9.2.6):
 * lines end in LF, CR or CRLF, {@code :} begins a comment, several {@code data} lines make one value. Bounded: a line or
 * an event over the limit is refused, comments take no room. One stream, one thread.
 */
final class SseReader {
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID = "id".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RETRY = "retry".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final ByteSink line;
    private final ByteSink data;
    private boolean hasData;
    private String type = "";
    private String id = "";
    private String lastId = "";
    private long retryMillis = -1;
    private boolean isFirstLine = true;
    private boolean isAfterCr;

    SseReader(int limit) {
        this.line = new ByteSink(limit);
        this.data = new ByteSink(limit);
    }

    /** Where events go. */
    interface Events {
        /** A {@code message} event with data. Returns whether more is wanted. */
        boolean onMessage(byte[] data);

        /** An event of another type, with data. Returns whether more is wanted. */
        default boolean onOther(String type, byte[] data) {
            return true;
        }
    }

    /** What became of the bytes fed. */
    enum State {
        MORE,
        STOPPED,
        TOO_LONG
    }

    State feed(ByteBuf bytes, Events events) {
        while (bytes.isReadable()) {
            if (isAfterCr) {
                isAfterCr = false;
                if (bytes.getByte(bytes.readerIndex()) == '\n') {
                    bytes.skipBytes(1);
                    continue;
                }
            }
            int end = endOfLine(bytes);
            if (!takeLine(bytes, end < 0 ? bytes.readableBytes() : end)) {
                return State.TOO_LONG;
            }
            if (end >= 0 && !lineEnded(bytes, events)) {
                return hasOverflown() ? State.TOO_LONG : State.STOPPED;
            }
        }
        return State.MORE;
    }

    /** The stream has ended as it should: what its last line left open counts, though the standard would drop it. */
    void end(Events events) {
        if (line.length() > 0 && field() && hasData) {
            line.clear();
        }
        if (hasData) {
            dispatch(events);
        }
    }

    private static int endOfLine(ByteBuf bytes) {
        int lf = bytes.bytesBefore((byte) '\n');
        int cr = bytes.bytesBefore(lf < 0 ? bytes.readableBytes() : lf, (byte) '\r');
        return cr >= 0 ? cr : lf;
    }

    /** A comment is dropped as it comes, so that it may be of any length. */
    private boolean takeLine(ByteBuf bytes, int length) {
        boolean isComment =
                line.length() > 0 ? line.at(0) == ':' : length > 0 && bytes.getByte(bytes.readerIndex()) == ':';
        if (isComment && line.length() > 0) {
            bytes.skipBytes(length);
            return true;
        }
        if (isComment) {
            boolean kept = line.append(bytes, 1);
            bytes.skipBytes(length - 1);
            return kept;
        }
        return line.append(bytes, length);
    }

    private boolean lineEnded(ByteBuf bytes, Events events) {
        isAfterCr = bytes.readByte() == '\r';
        if (isFirstLine) {
            isFirstLine = false;
            line.dropPrefix(BYTE_ORDER_MARK);
        }
        boolean goesOn = line.length() == 0 ? dispatch(events) : field();
        line.clear();
        return goesOn;
    }

    private boolean dispatch(Events events) {
        lastId = id;
        boolean isWanted = hasData && data.length() > 0;
        boolean goesOn = !isWanted || tell(events);
        hasData = false;
        type = "";
        data.clear();
        return goesOn;
    }

    private boolean tell(Events events) {
        boolean isMessage = type.isEmpty() || type.equals("message");
        return isMessage ? events.onMessage(data.toBytes()) : events.onOther(type, data.toBytes());
    }

    /** The id of the last complete event, empty if there was none. */
    String lastId() {
        return lastId;
    }

    /** After how long the server wants to be asked again; negative if it did not say. */
    long retryMillis() {
        return retryMillis;
    }

    private boolean field() {
        int colon = line.indexOf((byte) ':');
        int nameEnd = colon < 0 ? line.length() : colon;
        int valueStart = colon < 0 ? nameEnd : colon + 1;
        if (valueStart < line.length() && line.at(valueStart) == ' ') {
            valueStart++;
        }
        if (line.isAt(0, nameEnd, DATA)) {
            return appendData(valueStart);
        }
        if (line.isAt(0, nameEnd, EVENT)) {
            type = line.text(valueStart);
        } else if (line.isAt(0, nameEnd, ID)) {
            String value = line.text(valueStart);
            id = value.indexOf('\0') < 0 ? value : id;
        } else if (line.isAt(0, nameEnd, RETRY)) {
            String value = line.text(valueStart);
            retryMillis = value.matches("[0-9]{1,9}") ? Long.parseLong(value) : retryMillis;
        }
        return true;
    }

    private boolean appendData(int valueStart) {
        boolean fits = (!hasData || data.append((byte) '\n')) && data.append(line, valueStart);
        hasData = true;
        return fits;
    }

    private boolean hasOverflown() {
        return data.hasOverflown();
    }
}
