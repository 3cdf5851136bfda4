package io.toolstream.wire;

/** One record of the catalogue topic: an entry as it is from here on, or its removal. */
public sealed interface CatalogueChange {
    CatalogueKey key();

    /** The entry is new or has changed. */
    record Put(CatalogueEntry entry) implements CatalogueChange {
        @Override
        public CatalogueKey key() {
            return entry.key();
        }
    }

    /** The server or tool is gone. */
    record Removed(CatalogueKey key) implements CatalogueChange {}
}
