package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * A position in JSON bytes that moves forward only and can take any value out as a slice. Every method that reads a
 * value leaves the position at that value's last token. Throws {@link tools.jackson.core.JacksonException} at bytes
 * that are no JSON.
 */
final class JsonCursor implements AutoCloseable {
    /** Jackson keeps some thousand names it has seen, for good: short ones only, or a hostile server fills the heap. */
    private static final int LONGEST_NAME = 4_096;

    private final byte[] array;
    private final int offset;
    private final JsonParser parser;

    JsonCursor(JsonFactory factory, byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.parser = factory.createParser(ObjectReadContext.empty(), array, offset, length);
    }

    static JsonFactory factory(int depth) {
        return JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.threadLocalPool())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxNameLength(LONGEST_NAME)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /** Moves to the next token: the first value, the next element of an array, or null at the end. */
    @Nullable
    JsonToken next() {
        return parser.nextToken();
    }

    boolean atObject() {
        return parser.hasToken(JsonToken.START_OBJECT);
    }

    boolean atArray() {
        return parser.hasToken(JsonToken.START_ARRAY);
    }

    boolean atNull() {
        return parser.hasToken(JsonToken.VALUE_NULL);
    }

    /** Moves to the value of the next member of the object under way and returns its name, or null at its end. */
    @Nullable
    String nextMember() {
        if (parser.nextToken() != JsonToken.PROPERTY_NAME) {
            return null;
        }
        String name = parser.currentName();
        parser.nextToken();
        return name;
    }

    void skip() {
        parser.skipChildren();
    }

    /** The text here, or null if it is something else, which is skipped. */
    @Nullable
    String text() {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            return parser.getString();
        }
        parser.skipChildren();
        return null;
    }

    /** The truth value here, or null if it is something else, which is skipped. */
    @Nullable
    Boolean truth() {
        if (parser.hasToken(JsonToken.VALUE_TRUE)) {
            return Boolean.TRUE;
        }
        if (parser.hasToken(JsonToken.VALUE_FALSE)) {
            return Boolean.FALSE;
        }
        parser.skipChildren();
        return null;
    }

    /** The whole number here, or the alternative if it is something else or does not fit, which is skipped. */
    long number(long otherwise) {
        if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        parser.skipChildren();
        return otherwise;
    }

    /** The finite number here, or null if it is something else, which is skipped. */
    @Nullable
    Double real() {
        JsonToken token = parser.currentToken();
        if (token == null || !token.isNumeric()) {
            parser.skipChildren();
            return null;
        }
        double value = parser.getDoubleValue();
        return Double.isFinite(value) ? value : null;
    }

    /** Where the value here begins. */
    int begin() {
        return offset + (int) parser.currentTokenLocation().getByteOffset();
    }

    /** From a beginning to the end of the value here. */
    JsonSlice sliceFrom(int begin) {
        parser.finishToken();
        int end = offset + (int) parser.currentLocation().getByteOffset();
        return new JsonSlice(array, begin, end - begin);
    }

    /** The value here, whatever it is. */
    JsonSlice slice() {
        int begin = begin();
        parser.skipChildren();
        return sliceFrom(begin);
    }

    @Override
    public void close() {
        parser.close();
    }
}
