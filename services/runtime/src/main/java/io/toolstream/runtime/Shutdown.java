package io.toolstream.runtime;

/** The way out on SIGTERM and Ctrl-C: closes the lifecycle once and waits for it, leaving the exit status as it is. */
public final class Shutdown {
    private Shutdown() {}

    /** Registers the hook. */
    public static Shutdown install(Lifecycle lifecycle) {
        Runtime.getRuntime().addShutdownHook(new Thread(lifecycle::close, "shutdown"));
        return new Shutdown();
    }

    /** Waits until the lifecycle is closed. */
    public void await() throws InterruptedException {
        Thread.currentThread().join();
    }
}
