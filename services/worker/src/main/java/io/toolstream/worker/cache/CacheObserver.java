package io.toolstream.worker.cache;

import io.toolstream.worker.invoke.Tool;

/** Is told what became of calls of tools whose answers are kept. Any thread; must neither block nor throw. */
public interface CacheObserver {
    /** A call has ended, answered or not: whom it was left to, and how long it took from the first look. */
    void ended(Tool tool, CacheEvent how, long nanos);

    /** Something else of note. */
    void saw(Tool tool, CacheEvent event);
}
