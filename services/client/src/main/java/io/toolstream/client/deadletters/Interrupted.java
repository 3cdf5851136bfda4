package io.toolstream.client.deadletters;

/**
 * An interrupt on its way out of the reading of a topic. The thread is marked again only once the reader is closed, which
 * would fail on it.
 */
final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Interrupted() {
        super("interrupted", null, false, false);
    }
}
