package io.toolstream.wire;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks up the constants of an enum by the words they have on the wire. */
final class Words {
    private Words() {}

    static <E> Optional<E> find(E[] constants, Function<E, String> word, String text) {
        for (E constant : constants) {
            if (word.apply(constant).equals(text)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    /** All words, as a message lists them. */
    static <E> String all(E[] constants, Function<E, String> word) {
        return Arrays.stream(constants).map(word).collect(Collectors.joining(", "));
    }
}
