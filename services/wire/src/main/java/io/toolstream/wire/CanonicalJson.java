package io.toolstream.wire;

import io.toolstream.wire.json.CanonicalForm;
import io.toolstream.wire.json.JsonSpan;

/**
 * The canonical form of a JSON value, equal for values that say the same: the members of objects sorted by the UTF-16
 * units of their names and strings with no more escapes than needed, as in RFC 8785; no whitespace. Unlike there, numbers
 * stay as they were written, since a number that went through a double may be another one afterwards.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    /**
     * The canonical form.
     *
     * @throws IllegalArgumentException where the value is not well-formed JSON; those of a decoded call are
     */
    public static RawJson of(RawJson json) {
        return RawJson.of(CanonicalForm.of(new JsonSpan(json.array(), json.offset(), json.length())));
    }
}
