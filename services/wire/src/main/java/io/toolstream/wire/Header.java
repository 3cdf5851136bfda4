package io.toolstream.wire;

import java.util.Arrays;

/**
 * One record header: a name and its bytes, which belong to this header from here on and are not to be changed. Equal by
 * content. Its {@link #toString()} tells the length only, since a value may be a secret.
 */
public record Header(String name, byte[] value) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Header that && name.equals(that.name) && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return name + "[" + value.length + " bytes]";
    }
}
