package io.toolstream.worker.catalogue;

import io.toolstream.mcp.CatalogueDrift;

/** Hears what readings brought. Called on the catalogue's thread; must neither block nor throw. */
public interface CatalogueObserver {
    CatalogueObserver NONE = new CatalogueObserver() {};

    /** A server was read: it is as it says, and has these tools. */
    default void read(ServerTools tools) {}

    /** It has other tools than before. */
    default void drifted(String server, CatalogueDrift drift) {}

    /** It is served no more. */
    default void forgotten(String server) {}
}
