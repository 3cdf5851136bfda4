package io.toolstream.embedded.demo;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of one call; a missing or wrong one is an {@link IllegalArgumentException} that says what is wanted. */
record DemoArguments(Map<?, ?> members) {

    String text(String name) {
        return required(name, optionalText(name), "a string");
    }

    @Nullable
    String optionalText(String name) {
        return members.get(name) instanceof String text ? text : refuseOther(name, "a string");
    }

    BigDecimal number(String name) {
        return required(name, members.get(name) instanceof BigDecimal number ? number : null, "a number");
    }

    int whole(String name, int max) {
        BigDecimal number = number(name);
        String wanted = "a whole number from 0 to " + max;
        if (number.signum() < 0
                || number.compareTo(BigDecimal.valueOf(max)) > 0
                || number.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("'" + name + "' must be " + wanted);
        }
        return number.intValue();
    }

    private static <T> T required(String name, @Nullable T value, String wanted) {
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' must be " + wanted);
        }
        return value;
    }

    private @Nullable String refuseOther(String name, String wanted) {
        if (members.get(name) != null) {
            throw new IllegalArgumentException("'" + name + "' must be " + wanted);
        }
        return null;
    }
}
