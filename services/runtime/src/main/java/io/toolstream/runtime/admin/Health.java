package io.toolstream.runtime.admin;

/**
 * What one check found.
 *
 * @param detail one line for people; never a secret
 */
public record Health(boolean isUp, String detail) {
    public static Health up() {
        return new Health(true, "");
    }

    public static Health up(String detail) {
        return new Health(true, detail);
    }

    public static Health down(String detail) {
        return new Health(false, detail);
    }
}
