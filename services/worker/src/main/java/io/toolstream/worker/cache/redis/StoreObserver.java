package io.toolstream.worker.cache.redis;

/** Is told how the store answers. Any thread; must neither block nor throw. */
@FunctionalInterface
public interface StoreObserver {
    void saw(StoreEvent event);
}
