package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON-RPC messages in one streaming pass, whatever the order of members. Any thread; never throws. The length is
 * the caller's to bound, the depth is bounded here. Members that decide something ({@code id}, {@code result},
 * {@code error}, {@code method}, {@code isError}, {@code resultType}) must not occur twice.
 */
public final class RpcReader {
    private static final long MAX_ID = 1L << 53;

    private final JsonFactory factory;
    private volatile boolean isBatchAllowed;

    public RpcReader(int depth) {
        this.factory = JsonCursor.factory(depth);
    }

    /** Whether an array of messages is one message, as in 2025-03-26; at first it is not. */
    public void allowBatches(boolean isAllowed) {
        isBatchAllowed = isAllowed;
    }

    /** The array is kept by what is returned and must not change. */
    public RpcMessage read(byte[] array, int offset, int length) {
        if (length >= 2 && (array[offset] == 0 || array[offset + 1] == 0)) {
            return new RpcMessage.Unreadable("not UTF-8");
        }
        try (JsonCursor cursor = new JsonCursor(factory, array, offset, length)) {
            cursor.next();
            RpcMessage message = cursor.atArray() && isBatchAllowed ? batch(cursor) : message(cursor);
            return cursor.next() == null ? message : new RpcMessage.Unreadable("more than one JSON value");
        } catch (StreamConstraintsException e) {
            return new RpcMessage.Unreadable("JSON nested too deep or with a huge number or name");
        } catch (JacksonException e) {
            return new RpcMessage.Unreadable("not JSON" + place(e));
        }
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null ? "" : " at byte " + e.getLocation().getByteOffset();
    }

    private static RpcMessage batch(JsonCursor cursor) {
        List<RpcMessage> messages = new ArrayList<>();
        while (cursor.next() != JsonToken.END_ARRAY) {
            messages.add(message(cursor));
        }
        return new RpcMessage.Batch(List.copyOf(messages));
    }

    private static RpcMessage message(JsonCursor cursor) {
        if (!cursor.atObject()) {
            cursor.skip();
            return new RpcMessage.Unreadable("not a JSON object");
        }
        Envelope envelope = new Envelope();
        for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
            envelope.member(name, cursor);
        }
        return envelope.message();
    }

    /** What was seen of one message so far. */
    private static final class Envelope {
        private final Once once = new Once();
        private @Nullable JsonSlice rawId;
        private long id = RpcMessage.NULL_ID;
        private @Nullable String method;
        private @Nullable JsonSlice params;
        private @Nullable JsonSlice result;
        private boolean isError;
        private @Nullable String resultType;
        private @Nullable FaultReader fault;

        void member(String name, JsonCursor cursor) {
            switch (name) {
                case "id" -> {
                    once.see(Once.ID, name);
                    id(cursor);
                }
                case "method" -> {
                    once.see(Once.METHOD, name);
                    method = cursor.text();
                }
                case "params" -> params = cursor.slice();
                case "result" -> {
                    once.see(Once.RESULT, name);
                    result(cursor);
                }
                case "error" -> {
                    once.see(Once.ERROR, name);
                    fault = FaultReader.read(cursor);
                }
                default -> cursor.skip();
            }
        }

        private void id(JsonCursor cursor) {
            if (cursor.atNull()) {
                return;
            }
            int begin = cursor.begin();
            long number = cursor.number(RpcMessage.FOREIGN_ID);
            id = number >= 0 && number <= MAX_ID ? number : RpcMessage.FOREIGN_ID;
            rawId = cursor.sliceFrom(begin);
        }

        private void result(JsonCursor cursor) {
            if (!cursor.atObject()) {
                cursor.skip();
                once.complain("result is not an object");
                return;
            }
            int begin = cursor.begin();
            for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
                resultMember(name, cursor);
            }
            result = cursor.sliceFrom(begin);
        }

        private void resultMember(String name, JsonCursor cursor) {
            switch (name) {
                case "isError" -> {
                    once.see(Once.IS_ERROR, name);
                    isError(cursor);
                }
                case "resultType" -> {
                    once.see(Once.RESULT_TYPE, name);
                    resultType = cursor.text();
                    if (resultType == null) {
                        once.complain("resultType is no text");
                    }
                }
                default -> cursor.skip();
            }
        }

        private void isError(JsonCursor cursor) {
            if (cursor.atNull()) {
                return;
            }
            Boolean truth = cursor.truth();
            if (truth == null) {
                once.complain("isError is neither true nor false");
            } else {
                isError = truth;
            }
        }

        RpcMessage message() {
            if (once.complaint() != null) {
                return new RpcMessage.Unreadable(once.complaint());
            }
            if (method != null) {
                return rawId == null
                        ? new RpcMessage.Notice(method, params)
                        : new RpcMessage.Request(rawId, method, params);
            }
            if ((result == null) == (fault == null)) {
                return new RpcMessage.Unreadable("JSON, but no JSON-RPC message");
            }
            return result != null ? new RpcMessage.Answer(id, result, isError, resultType) : faultOf(fault);
        }

        private RpcMessage faultOf(@Nullable FaultReader seen) {
            return seen == null || !seen.isFault()
                    ? new RpcMessage.Unreadable("error is no JSON-RPC error")
                    : new RpcMessage.Fault(id, seen.code(), seen.message(), seen.data());
        }
    }

    /** Which of the members that decide something were seen, and the first thing that was wrong. */
    private static final class Once {
        static final int ID = 1;
        static final int METHOD = 2;
        static final int RESULT = 4;
        static final int ERROR = 8;
        static final int IS_ERROR = 16;
        static final int RESULT_TYPE = 32;

        private int seen;
        private @Nullable String complaint;

        void see(int member, String name) {
            if ((seen & member) != 0) {
                complain("member " + name + " occurs twice");
            }
            seen |= member;
        }

        void complain(String what) {
            if (complaint == null) {
                complaint = what;
            }
        }

        @Nullable
        String complaint() {
            return complaint;
        }
    }
}
