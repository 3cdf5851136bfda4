package io.toolstream.mcp;

/** Hears of a call while it is under way. Called on I/O threads; must neither block nor throw. */
public interface CallListener {
    /** Wants to hear nothing: the server is then not asked for progress. */
    CallListener NONE = new CallListener() {};

    /** Reports come in order, none after the call has ended, and not more than some tens in a second. */
    default void onProgress(Progress progress) {}

    /**
     * The tool answered with a task that goes on at the server. Who keeps the handle can go on with {@link
     * ToolServer#resume}, also in another process.
     */
    default void onTask(TaskHandle task) {}
}
