package io.toolstream.client.deadletters;

/** Is told how a replay gets on. On the replay's thread; must not block. */
@FunctionalInterface
public interface ReplayListener {
    /** A replay begins; by its name it can be gone on with. */
    default void begun(String plan, long planned) {}

    /** So many calls of so many were sent. */
    void sent(long sent, long planned);
}
