package io.toolstream.client.deadletters;

import java.time.Duration;

/** Is told how a replay gets on. On the replay's thread; must not block. What it throws ends the run, which can be gone on with. */
@FunctionalInterface
public interface ReplayListener {
    /** A replay begins, or is gone on with; by its name it can be gone on with. So many calls are to be sent by this run. */
    default void begun(String plan, long planned) {}

    /** So many calls were sent as a trial; until all of them have ended well, or for that long, no other is. */
    default void awaitsTrial(long calls, Duration atMost) {}

    /**
     * So many calls of so many were sent by this run, after each of them. Both become less where it shows that one cannot be
     * sent.
     */
    void sent(long sent, long planned);
}
