package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.header;
import static io.toolstream.wire.CallRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Whatever the bytes: the decoder answers with a value that is bounded, and never throws. */
class CallDecoderFuzzTest {
    private static final int MUTATIONS = 90_000;
    private static final int RANDOM_VALUES = 20_000;

    /** Small limits, so that mutations cross them. */
    private static final WireLimits LIMITS =
            new WireLimits(600, 600, 8, 12, 6, 400, Duration.ofMinutes(5), Duration.ofHours(24));

    private static final CallDecoder DECODER = new CallDecoder(LIMITS);

    private static final List<byte[]> VALID = List.of(
            utf8(
                    "{\"server\":\"fs\",\"tool\":\"read\",\"arguments\":{\"path\":\"a\\u00e9\\ud83d\\ude00😀\",\"n\":[1,-0.5e3]}}"),
            utf8(
                    "{\"id\":\"c\",\"tool\":\"t\",\"arguments\":\"{\\\"a\\\":1}\",\"deadline\":1800000000001,\"tenant\":\"a\"}"),
            utf8(
                    "{\"tool\":\"t\",\"batch\":{\"id\":\"b\",\"index\":0,\"size\":2},\"conversation\":[null,true,{}],\"_meta\":{}}"),
            utf8(
                    "{\"id\":\"b\",\"calls\":[{\"tool\":\"a\"},{\"tool\":\"b\",\"arguments\":{\"x\":{}}},3],\"priority\":\"batch\"}"),
            utf8("{\"specversion\":\"1.0\",\"id\":\"e\",\"data\":{\"tool\":\"t\",\"timeoutMs\":5}}"),
            utf8("\0\0\0\0\7{\"tool\":\"t\"}"));

    private static final byte[] INTERESTING = utf8("{}[]\",:\\u0dD89eE+-.tfn \n\t/*\0\u00e9😀");

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private int accepted;
    private int refused;

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void decode_mutatedRecords_neverThrows() {
        for (int i = 0; i < MUTATIONS; i++) {
            check(mutated(VALID.get(random.nextInt(VALID.size()))));
        }

        assertThat(accepted).as("seed %d: mutations that left a call", seed).isGreaterThan(MUTATIONS / 100);
        assertThat(refused).as("seed %d: mutations that broke one", seed).isGreaterThan(MUTATIONS / 4);
    }

    @Test
    void decode_randomBytes_neverThrows() {
        for (int i = 0; i < RANDOM_VALUES; i++) {
            byte[] value = new byte[random.nextInt(80)];
            random.nextBytes(value);
            check(value);
        }
    }

    private void check(byte[] value) {
        Headers headers = headers();
        DecodedRecord decoded;
        try {
            decoded = DECODER.decode(new InboundRecord(CallRecords.POSITION, random.nextLong(), null, value, headers));
        } catch (RuntimeException | StackOverflowError thrown) {
            fail("seed " + seed + ": " + headers + " " + HexFormat.of().formatHex(value), thrown);
            return;
        }
        require(!decoded.calls().isEmpty() && decoded.calls().size() <= 1_000, "a record has 1 to 1000 calls", value);
        for (DecodedCall call : decoded.calls()) {
            checkCall(call, value);
        }
    }

    private void checkCall(DecodedCall decoded, byte[] value) {
        if (decoded instanceof DecodedCall.Malformed malformed) {
            refused++;
            int length = malformed.refusal().message().length();
            require(length >= 10 && length <= 500, "a message is a sentence", value);
            require(malformed.identity().id().length() < 150, "an id is bounded", value);
        } else if (decoded instanceof DecodedCall.WellFormed wellFormed) {
            accepted++;
            require(isObject(wellFormed.call().arguments()), "arguments are an object, strictly read", value);
        }
    }

    /** What another reader, as strict as can be, says of the arguments. */
    private static boolean isObject(RawJson json) {
        try {
            return STRICT.readTree(json.toByteArray()).isObject();
        } catch (JacksonException malformed) {
            return false;
        }
    }

    private void require(boolean condition, String what, byte[] value) {
        if (!condition) {
            fail("seed " + seed + ": " + what + ": " + HexFormat.of().formatHex(value));
        }
    }

    private byte[] mutated(byte[] original) {
        byte[] bytes = original.clone();
        for (int edits = random.nextInt(4); edits >= 0; edits--) {
            bytes = edited(bytes);
        }
        return bytes;
    }

    private byte[] edited(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> spliced(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(3)), new byte[0]);
            case 2 -> spliced(bytes, at, at, new byte[] {INTERESTING[random.nextInt(INTERESTING.length)]});
            case 3 -> spliced(bytes, at, at, new byte[] {(byte) random.nextInt(256)});
            case 4 -> spliced(bytes, at, at, piece(VALID.get(random.nextInt(VALID.size()))));
            default -> spliced(bytes, at, at, utf8("[".repeat(random.nextInt(12))));
        };
    }

    private byte[] piece(byte[] bytes) {
        int from = random.nextInt(bytes.length);
        return Arrays.copyOfRange(bytes, from, from + random.nextInt(bytes.length - from + 1));
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] inserted) {
        byte[] out = new byte[from + inserted.length + bytes.length - to];
        System.arraycopy(bytes, 0, out, 0, from);
        System.arraycopy(inserted, 0, out, from, inserted.length);
        System.arraycopy(bytes, to, out, from + inserted.length, bytes.length - to);
        return out;
    }

    private Headers headers() {
        List<String> names = List.of(
                "correlation-id",
                "kafka_replyPartition",
                "deadline",
                "content-type",
                "tenant",
                "priority",
                "idempotency-key",
                "x",
                "ce_id",
                "Reply_To");
        List<Header> headers = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            headers.add(headerOf(names.get(random.nextInt(names.size()))));
        }
        return new Headers(headers);
    }

    private Header headerOf(String name) {
        return switch (random.nextInt(4)) {
            case 0 -> header(name, "application/cloudevents+json");
            case 1 -> header(name, Long.toString(random.nextLong()));
            case 2 -> header(name, "7");
            default -> {
                byte[] value = new byte[random.nextInt(8)];
                random.nextBytes(value);
                yield new Header(name, value);
            }
        };
    }
}
