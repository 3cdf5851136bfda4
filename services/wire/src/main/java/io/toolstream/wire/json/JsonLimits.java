package io.toolstream.wire.json;

import org.jspecify.annotations.Nullable;

/**
 * What JSON is read at most; the number of its bytes is the caller's to limit.
 *
 * @param depth of nested objects and arrays, the outermost counted
 * @param numberChars of one number as written
 * @param tokens of the whole text
 * @param deferred name of a field of the outermost object whose content is only checked to be well-formed, because its
 *     parts are read one by one later, under limits of their own
 */
public record JsonLimits(
        int depth, int numberChars, int tokens, @Nullable String deferred) {
    /** Memory is needed for each level, so even JSON whose content nobody judges is limited. */
    public static final int MAX_DEPTH = 1_000;

    /** Of the name of a field. */
    static final int NAME_CHARS = 1_024;

    /** For text of a peer we trust to be sane, yet not to be harmless. */
    public static final JsonLimits GENEROUS = new JsonLimits(MAX_DEPTH, Integer.MAX_VALUE, Integer.MAX_VALUE, null);

    public JsonLimits withDeferred(String name) {
        return new JsonLimits(depth, numberChars, tokens, name);
    }
}
