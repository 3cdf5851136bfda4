package io.toolstream.runtime;

import java.util.concurrent.CountDownLatch;

/**
 * The way out on SIGTERM and Ctrl-C: closes the lifecycle once and holds the end of the process until it is closed. Leaves
 * the exit status as it is: 143 and 130 after a signal, or what {@link System#exit} was given.
 */
public final class Shutdown implements AutoCloseable {
    private final Thread hook;
    private final CountDownLatch begun = new CountDownLatch(1);

    private Shutdown(Lifecycle lifecycle) {
        this.hook = new Thread(
                () -> {
                    begun.countDown();
                    lifecycle.close();
                },
                "shutdown");
    }

    /** From now on a signal closes the lifecycle. */
    public static Shutdown install(Lifecycle lifecycle) {
        Shutdown shutdown = new Shutdown(lifecycle);
        Runtime.getRuntime().addShutdownHook(shutdown.hook);
        return shutdown;
    }

    /** Blocks until the process is asked to end. */
    public void awaitSignal() throws InterruptedException {
        begun.await();
    }

    /** Takes the hook away again: for processes that live on, such as tests. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook runs.
            return;
        }
    }
}
