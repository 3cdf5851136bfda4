package io.toolstream.settings;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes as settings write them: {@code 64KiB}, {@code 1MiB}, {@code 2GiB}, or a plain number of bytes. */
final class Sizes {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(KiB|MiB|GiB)?");

    private Sizes() {}

    /** In bytes; empty if the text is not a size. */
    static OptionalLong parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(matcher.group(1)) << shift(matcher.group(2)));
    }

    /** With the largest unit that leaves a whole number. */
    static String text(long bytes) {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            if (bytes != 0 && bytes % (1L << shift(unit)) == 0) {
                return (bytes >> shift(unit)) + unit;
            }
        }
        return String.valueOf(bytes);
    }

    private static int shift(@Nullable String unit) {
        if (unit == null) {
            return 0;
        }
        return switch (unit) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            default -> 30;
        };
    }
}
