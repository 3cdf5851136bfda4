package io.toolstream.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the headers that a dead letter adds to those of the original; keeps the first problem with them. */
final class DeadLetterHeaders {
    private final Headers headers;
    private @Nullable String problem;

    DeadLetterHeaders(Headers headers) {
        this.headers = headers;
    }

    /** The dead letter; meaningless where there was a {@link #problem()}. */
    DeadLetter letter(InboundRecord record, Headers original) {
        return new DeadLetter(
                original(record, original),
                text(HeaderNames.ERROR_CODE),
                text(HeaderNames.ERROR_MESSAGE),
                status(),
                failure(),
                original.lastText(HeaderNames.REPLAY_OF).orElse(null),
                replays(original));
    }

    @Nullable
    String problem() {
        return problem;
    }

    private InboundRecord original(InboundRecord record, Headers original) {
        RecordPosition position = new RecordPosition(
                text(HeaderNames.DLT_ORIGINAL_TOPIC),
                buffer(HeaderNames.DLT_ORIGINAL_PARTITION, Integer.BYTES).getInt(),
                buffer(HeaderNames.DLT_ORIGINAL_OFFSET, Long.BYTES).getLong());
        long timestampMillis =
                buffer(HeaderNames.DLT_ORIGINAL_TIMESTAMP, Long.BYTES).getLong();
        TimestampType type = TimestampType.ofText(text(HeaderNames.DLT_ORIGINAL_TIMESTAMP_TYPE))
                .orElse(TimestampType.NONE);
        return new InboundRecord(position, timestampMillis, type, record.key(), record.value(), original);
    }

    private Status status() {
        String text = text(HeaderNames.STATUS);
        return Status.ofText(text).orElseGet(() -> problem(HeaderNames.STATUS, "no status", Status.FAILED));
    }

    private DeadLetter.Failure failure() {
        boolean isMember = headers.last(HeaderNames.MEMBER).isPresent();
        return new DeadLetter.Failure(
                (int) digits(HeaderNames.ATTEMPTS, Integer.MAX_VALUE),
                digits(HeaderNames.FIRST_FAILURE, Long.MAX_VALUE),
                text(HeaderNames.DLT_ORIGINAL_CONSUMER_GROUP),
                isMember ? Integer.valueOf((int) digits(HeaderNames.MEMBER, Integer.MAX_VALUE)) : null);
    }

    /** Said by the sender of the original, so a number that is none counts as none. */
    private static int replays(Headers original) {
        return original.lastText(HeaderNames.REPLAYS)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .orElse(0);
    }

    private String text(String name) {
        return headers.lastText(name).orElseGet(() -> problem(name, "missing", ""));
    }

    private long digits(String name, long max) {
        String text = text(name);
        long number = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
        return number <= max && number < Long.MAX_VALUE ? number : problem(name, "no number in digits", 0L);
    }

    private ByteBuffer buffer(String name, int bytes) {
        byte[] value = headers.last(name).orElse(new byte[0]);
        return ByteBuffer.wrap(
                value.length == bytes ? value : problem(name, "not " + bytes + " bytes", new byte[bytes]));
    }

    private <T> T problem(String name, String what, T instead) {
        if (problem == null) {
            problem = "header \"" + name + "\" is " + what;
        }
        return instead;
    }
}
