package io.toolstream.client;

import java.time.Duration;

/** A clock that calls back. The action runs on the alarm's thread and must not block. */
@FunctionalInterface
interface Alarm {
    /** Runs the action once after the delay, unless the handle returned is run before: running it takes the alarm back. */
    Runnable in(Duration delay, Runnable action);
}
