package io.toolstream.mcp;

/** Hears of changes of a server's tools. Called on I/O threads; must neither block nor throw. */
public interface CatalogueListener {
    /**
     * The list may not be up to date any more: its server says so, or could not be heard for a while. Reading it again is
     * the listener's to decide; a server may say so often.
     */
    default void onStale() {}

    /** The list was read, by whomever, and is another than the one read before. */
    default void onDrift(CatalogueDrift drift) {}

    /** Ends the listening. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
