package io.toolstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** However a value is written: order of members, whitespace and escapes do not show in its canonical form. */
class CanonicalJsonPropertyTest {
    private static final int CASES = 5_000;
    private static final List<String> ATOMS = List.of(
            "null", "true", "-0", "1.50", "1E9", "123456789012345678901", "\"\"", "\"a/b\"", "\"\u00e9\ud83d\ude00\"");

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void of_sameValueWrittenTwice_isTheSame() {
        for (int i = 0; i < CASES; i++) {
            Object value = value(4);
            RawJson one = RawJson.ofText(written(value));
            RawJson other = RawJson.ofText(written(value));

            RawJson canonical = CanonicalJson.of(one);

            assertThat(CanonicalJson.of(other)).as("seed %d", seed).isEqualTo(canonical);
            assertThat(CanonicalJson.of(canonical)).as("seed %d", seed).isEqualTo(canonical);
            assertThat(Schemas.tree(canonical.toByteArray()))
                    .as("seed %d", seed)
                    .isEqualTo(Schemas.tree(one.toByteArray()));
        }
    }

    private Object value(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(3);
        if (kind == 0) {
            return ATOMS.get(random.nextInt(ATOMS.size()));
        }
        List<Object> elements = new ArrayList<>();
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            elements.add(value(depth - 1));
            members.put(name(), value(depth - 1));
        }
        return kind == 1 ? elements : members;
    }

    private String name() {
        return List.of("a", "aa", "b", "A", "\u00e9", "\ud83d\ude00", "\ufb33", "")
                .get(random.nextInt(8));
    }

    private String written(Object value) {
        if (value instanceof Map<?, ?> members) {
            List<Object> names = new ArrayList<>(members.keySet());
            Collections.shuffle(names, new Random(random.nextLong()));
            return gap() + "{" + gap()
                    + String.join(
                            ",",
                            names.stream()
                                    .map(name -> gap() + escaped(name.toString()) + gap() + ":"
                                            + written(member(members, name)))
                                    .toList())
                    + gap() + "}" + gap();
        }
        if (value instanceof List<?> elements) {
            return "[" + gap()
                    + String.join(",", elements.stream().map(this::written).toList()) + "]";
        }
        return gap() + value + gap();
    }

    private static Object member(Map<?, ?> members, Object name) {
        Object value = members.get(name);
        if (value == null) {
            throw new IllegalStateException("every name has a value");
        }
        return value;
    }

    /** The name as a JSON string, some of its units escaped. */
    private String escaped(String name) {
        StringBuilder out = new StringBuilder("\"");
        boolean isEscaping = random.nextBoolean();
        name.chars()
                .forEach(unit -> out.append(isEscaping ? String.format("\\u%04X", unit) : Character.toString(unit)));
        return out.append('"').toString();
    }

    private String gap() {
        return random.nextBoolean() ? "" : " \n";
    }
}
