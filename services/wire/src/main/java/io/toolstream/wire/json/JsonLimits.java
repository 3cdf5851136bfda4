package io.toolstream.wire.json;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What JSON is read at most; the number of its bytes is the caller's to limit.
 *
 * @param depth of nested objects and arrays, the outermost counted
 * @param numberChars of one number as written
 * @param tokens of the whole text
 * @param isDeep whether names and numbers within nested objects and arrays are judged, too; else those of the outermost
 *     object alone, and what it holds is only checked to be well-formed
 * @param deferred name of a field of the outermost object whose content is only checked to be well-formed, because its
 *     parts are read one by one later, under limits of their own
 * @param along names of fields of the outermost object whose own fields are read along with it, where they are objects
 */
public record JsonLimits(
        int depth,
        int numberChars,
        int tokens,
        boolean isDeep,
        @Nullable String deferred,
        Set<String> along) {
    /** Memory is needed for each level, so even JSON whose content nobody judges is limited. */
    public static final int MAX_DEPTH = 1_000;

    /** Of the name of a field. */
    static final int NAME_CHARS = 1_024;

    /**
     * For the objects that our own programs write: what they carry for others (a result, {@code _meta}) is not ours to
     * judge, and what is ours is judged when it is read in its turn.
     */
    public static final JsonLimits GENEROUS = new JsonLimits(MAX_DEPTH, Integer.MAX_VALUE, Integer.MAX_VALUE, false);

    /** As generous, at every level. */
    static final JsonLimits GENEROUS_DEEP = new JsonLimits(MAX_DEPTH, Integer.MAX_VALUE, Integer.MAX_VALUE, true);

    public JsonLimits {
        along = Set.copyOf(along);
    }

    public JsonLimits(int depth, int numberChars, int tokens, boolean isDeep) {
        this(depth, numberChars, tokens, isDeep, null, Set.of());
    }

    public JsonLimits withDeferred(String name) {
        return new JsonLimits(depth, numberChars, tokens, isDeep, name, along);
    }

    public JsonLimits withAlong(Set<String> names) {
        return new JsonLimits(depth, numberChars, tokens, isDeep, deferred, names);
    }
}
