package io.toolstream.mcp.transport;

import java.util.Arrays;

/** HTTP header fields, immutable and safe to be written as they are. Prints names only. */
public final class HttpFields {
    public static final HttpFields NONE = new HttpFields();

    private static final String NO_TOKEN = "\"(),/:;<=>?@[\\]{}";

    private final String[] pairs;

    private HttpFields(String... pairs) {
        this.pairs = pairs;
    }

    /**
     * These fields and one more.
     *
     * @throws IllegalArgumentException if the name is no token or the value not visible ASCII and inner blanks
     */
    public HttpFields with(String name, String value) {
        if (!isName(name) || !isValue(value)) {
            throw new IllegalArgumentException("HTTP field " + printable(name) + " is not valid");
        }
        String[] more = Arrays.copyOf(pairs, pairs.length + 2);
        more[pairs.length] = name;
        more[pairs.length + 1] = value;
        return new HttpFields(more);
    }

    public int size() {
        return pairs.length / 2;
    }

    public String name(int index) {
        return pairs[2 * index];
    }

    public String value(int index) {
        return pairs[2 * index + 1];
    }

    public static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7F || NO_TOKEN.indexOf(c) >= 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** Whether a value can be sent as it is: visible ASCII and blanks, none at either end. */
    public static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) >= 0x7F) {
                return false;
            }
        }
        return value.isEmpty() || (value.charAt(0) != ' ' && value.charAt(value.length() - 1) != ' ');
    }

    private static String printable(String name) {
        return isName(name) ? name : "with a name that is no token";
    }

    @Override
    public String toString() {
        StringBuilder names = new StringBuilder("HttpFields[");
        for (int i = 0; i < size(); i++) {
            names.append(i == 0 ? "" : ", ").append(name(i));
        }
        return names.append(']').toString();
    }
}
