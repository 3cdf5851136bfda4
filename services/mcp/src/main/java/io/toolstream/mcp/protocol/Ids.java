package io.toolstream.mcp.protocol;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The ids of all requests to one server: whole numbers from 1 on, over all links and sessions, so that no late answer can
 * be taken for another's. Below 2^53, since some servers know numbers as doubles only. Any thread.
 */
final class Ids {
    private final AtomicLong last = new AtomicLong();

    long next() {
        return last.incrementAndGet();
    }
}
