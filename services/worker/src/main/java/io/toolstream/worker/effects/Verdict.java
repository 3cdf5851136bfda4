package io.toolstream.worker.effects;

/** What the log says to a claim. */
sealed interface Verdict {
    /** The first claim of this effect: dispatch, once. */
    record Won() implements Verdict {}

    /** Another claim came first, and nobody has said yet what came of it; {@code aliveAt} as in {@link Standing}. */
    record Held(String claim, long aliveAt) implements Verdict {}

    /** What came of the effect stands at this offset. */
    record Settled(long offset) implements Verdict {}

    /** The effect was claimed for a call that asks for something else. */
    record Reused() implements Verdict {}

    /** The call was settled before, and what was known of it is forgotten. */
    record Covered() implements Verdict {}

    /** More effects than can be remembered. */
    record Full() implements Verdict {}

    /** Nobody knows whether the claim stands in the log, or what stands before it: it does not count. */
    record Unknown(String why) implements Verdict {}
}
