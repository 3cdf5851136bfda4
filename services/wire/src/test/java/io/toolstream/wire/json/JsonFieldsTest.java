package io.toolstream.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonFieldsTest {
    @Test
    void add_anyNumberOfFields_keepsTheFirstOfEachNameInOrder() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int object = 0; object < 500; object++) {
            JsonFields fields = new JsonFields();
            Map<String, JsonValue> expected = new LinkedHashMap<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                String name = "n" + random.nextInt(80);
                JsonValue value = new JsonValue(JsonKind.NUMBER, JsonSpan.of(new byte[0]), "" + i);

                assertThat(fields.add(name, value))
                        .as("seed %d", seed)
                        .isEqualTo(expected.putIfAbsent(name, value) == null);
            }
            assertThat(fields.names()).as("seed %d", seed).containsExactlyElementsOf(expected.keySet());
            for (int i = 0; i < 80; i++) {
                assertThat(fields.get("n" + i)).as("seed %d", seed).isEqualTo(expected.get("n" + i));
            }
        }
    }
}
