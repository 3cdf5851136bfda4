package io.toolstream.worker.invoke;

import io.toolstream.wire.Progress;

/** Hears of a call while its tool runs. Called on {@code call-n} threads; must neither block nor throw. */
public interface Updates {
    /** Of a call whose caller waits for the end and nothing else. */
    Updates NONE = new Updates() {};

    /** How far the tool has got. */
    default void progressed(Progress progress) {}

    /** The tool answered with a task, which goes on at its server. */
    default void becameTask() {}
}
