package io.toolstream.wire;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The call of a dead letter, as it was meant and as it is sent again: under a new id, deadline and priority, with the same
 * reply route, keys, tenant and record key. Pure.
 */
public final class ReplayedCall {
    /** Said anew, or of the record as it was and not of the call. */
    private static final Set<String> LEFT_OUT = Set.of(
            HeaderNames.DEADLINE,
            HeaderNames.PRIORITY,
            HeaderNames.REPLAY_OF,
            HeaderNames.REPLAYS,
            HeaderNames.MOVED,
            HeaderNames.PARKED,
            HeaderNames.PARKED_MS,
            HeaderNames.SENT,
            HeaderNames.REST,
            HeaderNames.UNREAD,
            HeaderNames.CONTENT_TYPE,
            "Content-Type");

    /** Said of the record around a member: whom its own reply goes to, and in what form the record was. */
    private static final Set<String> OF_THE_RECORD = Set.of(
            HeaderNames.CORRELATION_ID,
            HeaderNames.KAFKA_CORRELATION_ID,
            HeaderNames.CONTENT_TYPE,
            "Content-Type",
            HeaderNames.CE_ID,
            HeaderNames.MOVED);
    /** As much as any settings allow: the worker judges a call that is sent again, and its deadline is a new one. */
    private static final WireLimits WIDEST = new WireLimits(
            2_000_000, 2_000_000, 500, 10_000, 10_000, 1 << 20, Duration.ofMinutes(5), Duration.ofDays(36_500));

    private static final CallDecoder DECODER = new CallDecoder(WIDEST);
    private static final CallEncoder ENCODER = new CallEncoder();

    private ReplayedCall() {}

    /**
     * What one sending changes.
     *
     * @param letter position of the dead letter, as text
     * @param number how often the call was replayed by now
     * @param arguments null: the original ones
     * @param keepsRoute false: the reply goes to the default topic
     */
    public record Change(
            String letter,
            int number,
            String id,
            long deadlineMillis,
            @Nullable RawJson arguments,
            boolean keepsRoute) {}

    /** Empty where no call can be read, or more than one. */
    public static Optional<Call> of(DeadLetter letter) {
        InboundRecord original = letter.original();
        Integer member = letter.failure().member();
        Headers headers = member == null ? original.headers() : ofMember(original, member);
        DecodedRecord decoded = DECODER.decode(new InboundRecord(
                original.position(),
                original.timestampMillis(),
                original.timestampType(),
                original.key(),
                original.value(),
                headers));
        return decoded.batch() == null && decoded.calls().get(0) instanceof DecodedCall.WellFormed wellFormed
                ? Optional.of(wellFormed.call())
                : Optional.empty();
    }

    /** A member without an id has one made of the record's and its own place, and is answered under that. */
    private static Headers ofMember(InboundRecord record, int member) {
        String around = record.headers().lastText(HeaderNames.CE_ID).orElseGet(() -> CallDecoder.nameOf(record));
        return new HeaderList(without(record.headers(), OF_THE_RECORD).all())
                .text(HeaderNames.MOVED, around + "-" + member)
                .headers();
    }

    /** @param call that of the letter */
    public static OutboundRecord record(DeadLetter letter, Call call, Change change) {
        RawJson arguments = change.arguments();
        ReplyRoute route = call.route();
        Call changed = new Call(
                change.id(),
                call.target(),
                arguments == null ? call.arguments() : arguments,
                change.keepsRoute() ? route : new ReplyRoute(route.correlationId(), null, null, route.echoed()),
                options(call.options(), change.deadlineMillis()),
                call.context());
        OutboundRecord encoded = ENCODER.encode(changed);
        HeaderList headers = new HeaderList(encoded.headers().all());
        for (Header header : rest(letter, change.keepsRoute())) {
            headers.ifAbsent(header);
        }
        headers.text(HeaderNames.REPLAY_OF, change.letter()).digits(HeaderNames.REPLAYS, change.number());
        return new OutboundRecord(letter.original().key(), encoded.value(), headers.headers());
    }

    /** Headers of the original that are nothing to us, and those that say the route in the words of others. */
    private static List<Header> rest(DeadLetter letter, boolean keepsRoute) {
        Set<String> leftOut = new HashSet<>(LEFT_OUT);
        if (letter.failure().member() != null) {
            leftOut.addAll(OF_THE_RECORD);
        }
        if (!keepsRoute) {
            leftOut.addAll(List.of(
                    HeaderNames.REPLY_TO,
                    HeaderNames.REPLY_PARTITION,
                    HeaderNames.KAFKA_REPLY_TOPIC,
                    HeaderNames.KAFKA_REPLY_PARTITION));
        }
        return without(letter.original().headers(), leftOut).all().stream()
                .filter(header -> !header.name().startsWith("ce_"))
                .toList();
    }

    private static CallOptions options(CallOptions original, long deadlineMillis) {
        return new CallOptions(
                deadlineMillis,
                Priority.REPLAY,
                original.cache(),
                original.progress(),
                original.idempotencyKey(),
                original.orderingKey(),
                original.inputResponses(),
                original.requestState());
    }

    private static Headers without(Headers headers, Set<String> names) {
        return new Headers(headers.all().stream()
                .filter(header -> !names.contains(header.name()))
                .toList());
    }
}
