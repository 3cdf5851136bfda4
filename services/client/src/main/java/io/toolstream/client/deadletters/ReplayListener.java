package io.toolstream.client.deadletters;

import java.time.Duration;

/** Is told how a replay gets on. On the replay's thread; must not block. */
@FunctionalInterface
public interface ReplayListener {
    /** A replay begins; by its name it can be gone on with. */
    default void begun(String plan, long planned) {}

    /** So many calls were sent as a trial; until all of them have ended well, or for that long, no other is. */
    default void awaitsTrial(long calls, Duration atMost) {}

    /** So many calls of so many were sent. */
    void sent(long sent, long planned);
}
