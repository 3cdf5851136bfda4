package io.toolstream.wire;

import java.util.List;

/**
 * Writes and reads dead letters: key, value and headers of the original byte for byte, behind them Spring's {@code
 * kafka_dlt-*} headers (so that its tools read ours) and our own. No stack trace, and nothing that the original did not
 * say. Thread-safe; never blocks; reading never throws.
 */
public final class DeadLetterCodec {
    /** Spring's tools expect the name of an exception class. */
    private static final String EXCEPTION = "io.toolstream.wire.ErrorCode";

    private static final int MESSAGE_CHARS = 1_024;

    public OutboundRecord encode(InboundRecord original, DeadLetterCause cause) {
        String message = shortened(cause.message());
        HeaderList headers = new HeaderList(original.headers().all());
        addSpring(headers, original, cause, message);
        headers.text(HeaderNames.ERROR_CODE, cause.code().text())
                .text(HeaderNames.ERROR_MESSAGE, message)
                .text(HeaderNames.STATUS, cause.code().status().text())
                .digits(HeaderNames.ATTEMPTS, cause.attempts())
                .digits(HeaderNames.FIRST_FAILURE, cause.firstFailureMillis())
                .digits(HeaderNames.MEMBER, cause.member());
        RawJson member = cause.memberValue();
        return new OutboundRecord(
                original.key(), member == null ? original.value() : member.toByteArray(), headers.headers());
    }

    private static void addSpring(HeaderList headers, InboundRecord original, DeadLetterCause cause, String message) {
        RecordPosition position = original.position();
        headers.text(HeaderNames.DLT_ORIGINAL_TOPIC, position.topic())
                .int32(HeaderNames.DLT_ORIGINAL_PARTITION, position.partition())
                .int64(HeaderNames.DLT_ORIGINAL_OFFSET, position.offset())
                .int64(HeaderNames.DLT_ORIGINAL_TIMESTAMP, original.timestampMillis())
                .text(
                        HeaderNames.DLT_ORIGINAL_TIMESTAMP_TYPE,
                        original.timestampType().text())
                .text(HeaderNames.DLT_ORIGINAL_CONSUMER_GROUP, cause.consumerGroup())
                .text(HeaderNames.DLT_EXCEPTION_FQCN, EXCEPTION)
                .text(HeaderNames.DLT_EXCEPTION_MESSAGE, cause.code().text() + ": " + message);
    }

    private static String shortened(String message) {
        return message.length() <= MESSAGE_CHARS ? message : message.substring(0, MESSAGE_CHARS) + "…";
    }

    public Decoded<DeadLetter> decode(InboundRecord record) {
        List<Header> all = record.headers().all();
        int begin = beginOfOurs(all);
        if (begin < 0) {
            return new Decoded.Malformed<>(
                    "header \"" + HeaderNames.DLT_ORIGINAL_TOPIC + "\" is missing: no dead letter of ours");
        }
        Headers original = new Headers(all.subList(0, begin));
        DeadLetterHeaders ours = new DeadLetterHeaders(new Headers(all.subList(begin, all.size())));
        DeadLetter letter = ours.letter(record, original);
        String problem = ours.problem();
        return problem == null ? new Decoded.WellFormed<>(letter) : new Decoded.Malformed<>(problem);
    }

    /** Ours stand behind the original's, which may hold the same names: a dead letter that was replayed and failed again. */
    private static int beginOfOurs(List<Header> all) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).name().equals(HeaderNames.DLT_ORIGINAL_TOPIC)) {
                return i;
            }
        }
        return -1;
    }
}
