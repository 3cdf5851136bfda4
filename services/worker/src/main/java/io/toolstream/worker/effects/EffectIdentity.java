package io.toolstream.worker.effects;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.wire.Call;
import io.toolstream.wire.CallKey;
import io.toolstream.wire.CallOptions;
import io.toolstream.wire.EffectEntry.Source;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Murmur2;
import io.toolstream.wire.RawJson;
import io.toolstream.worker.invoke.Invocation;
import org.jspecify.annotations.Nullable;

/**
 * Under what name a call's effect is claimed: the same for calls that are the same one, sent or read again. By tenant and
 * idempotency key, or else tenant and id; a replay, which somebody has confirmed, is another effect, and so is each round of
 * a tool that asks for input. Pure.
 *
 * @param partition of the effects topic: that of the key, whichever partition the call is on; else that of the call
 * @param digest of what is asked for, hex
 */
record EffectIdentity(String key, int partition, String digest, Source source) {
    /** Of a call that may ask for anything. */
    private static final String ANY = "";

    /** True unless it is known that the two ask for different things. */
    static boolean isSame(String digest, String other) {
        return digest.equals(other) || digest.equals(ANY) || other.equals(ANY);
    }

    /** Of a call whose tool is not known; a name that may be composed may mean any tool. */
    static EffectIdentity ofUnknownTool(Invocation invocation, int partitions) {
        EffectIdentity named = of(invocation, partitions);
        return invocation.call().target().server() == null
                ? new EffectIdentity(named.key, named.partition, ANY, named.source)
                : named;
    }

    static EffectIdentity of(Invocation invocation, int partitions) {
        Call call = invocation.call();
        InboundRecord record = invocation.origin().record();
        String idempotencyKey = call.options().idempotencyKey();
        int partition = idempotencyKey == null
                ? record.position().partition()
                : Murmur2.partition(idempotencyKey.getBytes(UTF_8), partitions);
        // A call that was moved may have been moved twice: its copies have offsets of their own.
        boolean isKept = idempotencyKey != null
                || record.headers().last(HeaderNames.MOVED).isPresent();
        CallKey asked = CallKey.of(
                call.context().tenant(),
                invocation.tool().server(),
                invocation.tool().name(),
                call.arguments());
        return new EffectIdentity(
                key(call, record.headers()),
                partition,
                asked.hex(),
                new Source(record.position().offset(), record.timestampMillis(), isKept));
    }

    /** What may hold any character stands last, or has its length before it: no two effects have the same name. */
    private static String key(Call call, Headers headers) {
        String replays = headers.lastText(HeaderNames.REPLAYS)
                .filter(EffectIdentity::isNumber)
                .orElse("0");
        String idempotencyKey = call.options().idempotencyKey();
        String name = idempotencyKey == null ? "id/" + call.id() : "key/" + idempotencyKey;
        return "#" + replays + "/" + round(call.options()) + "/"
                + counted(call.context().tenant()) + "/" + name;
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,9}");
    }

    private static String counted(@Nullable String text) {
        return text == null ? "-" : text.length() + ":" + text;
    }

    /** Answers to a tool's questions make a call another one than the call that led to the questions. */
    private static String round(CallOptions options) {
        RawJson responses = options.inputResponses();
        String state = options.requestState();
        if (responses == null && state == null) {
            return "-";
        }
        return CallKey.of(state, "", "", responses == null ? RawJson.EMPTY_OBJECT : responses)
                .hex();
    }
}
