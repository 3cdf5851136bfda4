package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.Header;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.WireLimits;
import io.toolstream.worker.fixture.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LaneKeysTest {
    private final CallDecoder decoder = new CallDecoder(WireLimits.DEFAULT);
    private final LaneKeys laneKeys = new LaneKeys(decoder::decode);

    @Test
    void of_header_wins() {
        assertThat(of("{\"tool\":\"t\",\"orderingKey\":\"own\"}", Records.header("ordering-key", "k")))
                .containsExactly("k");
    }

    @Test
    void of_field_isFoundWhereverItStands() {
        assertThat(of("{\"orderingKey\":\"own\",\"tool\":\"t\"}")).containsExactly("own");
        assertThat(of("{\"tool\":\"t\",\"orderingKey\":\"own\"}")).containsExactly("own");
    }

    @Test
    void of_members_areAllTheirKeys() {
        assertThat(of("{\"calls\":[{\"tool\":\"t\",\"orderingKey\":\"a\"},{\"tool\":\"t\"},"
                        + "{\"tool\":\"t\",\"orderingKey\":\"b\"},{\"tool\":\"t\",\"orderingKey\":\"a\"}]}"))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void of_mentionInArguments_isNoKey() {
        assertThat(of("{\"tool\":\"t\",\"arguments\":{\"orderingKey\":\"x\"}}")).isEmpty();
    }

    @Test
    void of_whateverComes_neverThrows() {
        for (String value : new String[] {
            "", "orderingKey", "{\"orderingKey\":", "{\"orderingKey\":1,\"tool\":\"t\"}", "KKKKKKKKKKKK"
        }) {
            assertThat(of(value)).as(value).isEmpty();
        }
    }

    /** The name of the field, whatever of it is escaped, wherever it stands, whatever else is broken. */
    @RepeatedTest(20)
    void of_agreesWithTheDecoder() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int ordered = 0;
        for (int i = 0; i < 500; i++) {
            byte[] value = value(random).getBytes(UTF_8);
            if (random.nextInt(5) == 0) {
                value[random.nextInt(value.length)] = (byte) random.nextInt(128);
            }
            InboundRecord record = Records.of(new String(value, UTF_8));

            Set<String> decoded = decoder.decode(record).calls().stream()
                    .map(LaneKeys::of)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());

            assertThat(laneKeys.of(record))
                    .as("seed %d: %s", seed, new String(value, UTF_8))
                    .isEqualTo(decoded);
            ordered += decoded.isEmpty() ? 0 : 1;
        }
        assertThat(ordered).as("the test does something").isGreaterThan(100);
    }

    private static String value(SplittableRandom random) {
        if (random.nextInt(3) > 0) {
            return call(random);
        }
        return "{\"calls\":["
                + IntStream.range(0, random.nextInt(1, 4))
                        .mapToObj(i -> call(random))
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private static String call(SplittableRandom random) {
        List<String> fields = new ArrayList<>(List.of("\"tool\":\"t\""));
        if (random.nextInt(4) > 0) {
            fields.add(random.nextInt(2), "\"" + escaped("orderingKey", random) + "\":\"k" + random.nextInt(9) + "\"");
        }
        if (random.nextInt(4) == 0) {
            fields.add("\"arguments\":{\"" + escaped("orderingKey", random) + "\":\"a\\n\\u00e9\"}");
        }
        return "{" + String.join(",", fields) + "}";
    }

    private static String escaped(String name, SplittableRandom random) {
        int rarely = random.nextInt(1, 20);
        return name.chars()
                .mapToObj(letter -> random.nextInt(rarely) == 0
                        ? String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", letter)
                        : Character.toString(letter))
                .collect(Collectors.joining());
    }

    private Set<String> of(String value, Header... headers) {
        return laneKeys.of(Records.of(value, headers));
    }
}
