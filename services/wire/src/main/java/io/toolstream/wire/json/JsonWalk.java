package io.toolstream.wire.json;

import io.toolstream.wire.json.JsonFault.Kind;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * One pass over the tokens of a JSON text, counting and judging. What makes reading on pointless throws {@link Stop};
 * what can be skipped (a duplicate name, an overlong number) is kept as the first {@link #flaw()}, so that the rest can
 * still tell whose call this is.
 */
final class JsonWalk implements AutoCloseable {
    /**
     * Remembers the names it has seen, for all records to come; so it takes no long ones (a few thousand would fill the
     * heap), and may run out of places for names that hash alike.
     */
    private static final JsonFactory SHARED = factory(JsonLimits.NAME_CHARS);

    private final boolean isShared;
    private final JsonSpan source;
    private final JsonLimits limits;
    private final String pointerPrefix;
    private final JsonParser parser;
    private final JsonNames names = new JsonNames();

    private int depth;
    private int tokens;
    private boolean isJudging = true;
    private @Nullable JsonFault flaw;

    private JsonWalk(JsonFactory factory, JsonSpan source, JsonLimits limits, String pointerPrefix) {
        this.isShared = factory == SHARED;
        this.source = source;
        this.limits = limits;
        this.pointerPrefix = pointerPrefix;
        this.parser = factory.createParser(ObjectReadContext.empty(), source.array(), source.offset(), source.length());
    }

    /**
     * Walks over a text with the shared memory for names, and once more without it where that refuses a name.
     *
     * @param walker may be called twice, and must begin anew each time
     */
    static <T> T over(JsonSpan source, JsonLimits limits, String pointerPrefix, Function<JsonWalk, T> walker) {
        try (JsonWalk walk = new JsonWalk(SHARED, source, limits, pointerPrefix)) {
            return walker.apply(walk);
        } catch (StreamConstraintsException unfitForSharing) {
            try (JsonWalk walk = new JsonWalk(factory(Integer.MAX_VALUE), source, limits, pointerPrefix)) {
                return walker.apply(walk);
            }
        }
    }

    /** Our own limits are checked as the tokens come, with our own words; Jackson's would only say it differently. */
    private static JsonFactory factory(int nameChars) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(-1)
                        .maxTokenCount(-1)
                        .maxNestingDepth(JsonLimits.MAX_DEPTH + 1)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(nameChars)
                        .build())
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .build();
    }

    /** The next token, judged; null at the end of the text. */
    @Nullable
    JsonToken next() {
        JsonToken token;
        try {
            token = parser.nextToken();
        } catch (JacksonException refused) {
            throw stop(refused);
        }
        if (token != null) {
            judge(token);
        }
        return token;
    }

    private void judge(JsonToken token) {
        if (++tokens > limits.tokens()) {
            throw new Stop(new JsonFault(
                    Kind.TOO_MANY_TOKENS, "more than " + limits.tokens() + " names, values and brackets"));
        }
        switch (token) {
            case START_OBJECT, START_ARRAY -> open();
            case END_OBJECT, END_ARRAY -> depth--;
            case PROPERTY_NAME -> judgeName();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> judgeNumber();
            default -> {
                // Strings are bounded by the text, literals by themselves.
            }
        }
    }

    private void open() {
        depth++;
        int limit = isJudging ? limits.depth() : JsonLimits.MAX_DEPTH;
        if (depth > limit) {
            throw new Stop(new JsonFault(
                    Kind.TOO_DEEP, "nested deeper than the limit of " + limit + " levels, at " + position()));
        }
        if (isJudged()) {
            names.open(depth);
        }
    }

    private boolean isJudged() {
        return isJudging && (depth == 1 || limits.isDeep());
    }

    private void judgeName() {
        if (!isJudged() || flaw != null) {
            return;
        }
        String name = parser.currentName();
        if (name.length() > JsonLimits.NAME_CHARS) {
            flaw = new JsonFault(
                    Kind.NAME_TOO_LONG,
                    "a name of " + name.length() + " characters at " + position() + ", at most " + JsonLimits.NAME_CHARS
                            + " expected");
        } else if (!names.add(depth, name)) {
            flaw = new JsonFault(Kind.DUPLICATE_NAME, pointer() + " occurs twice, at " + position() + " again");
        }
    }

    private void judgeNumber() {
        if (isJudged() && flaw == null && parser.getStringLength() > limits.numberChars()) {
            flaw = new JsonFault(
                    Kind.NUMBER_TOO_LONG,
                    pointer() + " is a number of " + parser.getStringLength() + " characters, at most "
                            + limits.numberChars() + " expected");
        }
    }

    /** The value that begins with the current token, walked over to its end. */
    JsonValue value(JsonToken first) {
        int begin = begin();
        JsonKind kind = kind(first);
        String text = "";
        if (kind == JsonKind.OBJECT || kind == JsonKind.ARRAY) {
            skipToClose(depth);
        } else {
            text = text();
        }
        return new JsonValue(kind, spanFrom(begin), text);
    }

    /** From a beginning to the end of the current token. */
    JsonSpan spanFrom(int begin) {
        int end = source.offset() + (int) parser.currentLocation().getByteOffset();
        return new JsonSpan(source.array(), begin, end - begin);
    }

    /** The same, its content not judged beyond being well-formed. */
    JsonValue deferredValue(JsonToken first) {
        isJudging = false;
        try {
            return value(first);
        } finally {
            isJudging = true;
        }
    }

    /** The object that begins with the current token, as far as the text goes, for one that turned out to be broken. */
    JsonValue broken(int begin) {
        return new JsonValue(JsonKind.OBJECT, new JsonSpan(source.array(), begin, source.end() - begin), "");
    }

    /** The index of the current token's first byte. */
    int begin() {
        return source.offset() + (int) parser.currentTokenLocation().getByteOffset();
    }

    private void skipToClose(int open) {
        while (depth >= open) {
            if (next() == null) {
                throw new IllegalStateException("the parser ended inside of a value without saying so");
            }
        }
    }

    /** A string's content, or a number or literal as written. */
    String text() {
        try {
            return parser.getString();
        } catch (JacksonException refused) {
            throw stop(refused);
        }
    }

    private RuntimeException stop(JacksonException refused) {
        return isShared && refused instanceof StreamConstraintsException
                ? refused
                : new Stop(SyntaxFault.of(refused, source, pointerPrefix));
    }

    String name() {
        return parser.currentName();
    }

    /** Where the current token stands: line:column. */
    String position() {
        var location = parser.currentTokenLocation();
        return location.getLineNr() + ":" + location.getColumnNr();
    }

    private String pointer() {
        return pointerPrefix
                + Quoted.shortened(parser.streamReadContext().pathAsPointer().toString());
    }

    @Nullable
    JsonFault flaw() {
        return flaw;
    }

    @Override
    public void close() {
        parser.close();
    }

    static JsonKind kind(JsonToken first) {
        return switch (first) {
            case START_OBJECT -> JsonKind.OBJECT;
            case START_ARRAY -> JsonKind.ARRAY;
            case VALUE_STRING -> JsonKind.STRING;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonKind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> JsonKind.BOOLEAN;
            case VALUE_NULL -> JsonKind.NULL;
            default -> throw new IllegalArgumentException(first + " begins no value");
        };
    }

    /** Ends a walk early; caught by those who began it. */
    static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient JsonFault fault;

        Stop(JsonFault fault) {
            super(fault.message(), null, false, false);
            this.fault = fault;
        }

        JsonFault fault() {
            return fault;
        }
    }
}
