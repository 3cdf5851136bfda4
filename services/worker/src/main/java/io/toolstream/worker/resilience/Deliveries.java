package io.toolstream.worker.resilience;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Hands news on one at a time and in their order, outside of the lock under which they came about. Any thread: whoever finds
 * nobody delivering delivers, for the others too. {@code pending} counts the wishes to deliver since somebody began: only the
 * one who raises it from zero delivers, and he looks again until it is zero, so that news added meanwhile are not left lying.
 */
final class Deliveries<T> {
    private final Queue<T> news = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Consumer<T> listener;

    Deliveries(Consumer<T> listener) {
        this.listener = listener;
    }

    /** Under the lock that gives the order. */
    void add(T item) {
        news.add(item);
    }

    /** Outside of it. */
    void deliver() {
        if (news.isEmpty() || pending.getAndIncrement() > 0) {
            return;
        }
        int missed = 1;
        while (missed != 0) {
            for (T item = news.poll(); item != null; item = news.poll()) {
                listener.accept(item);
            }
            missed = pending.addAndGet(-missed);
        }
    }
}
