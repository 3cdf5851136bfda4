package io.toolstream.worker.invoke;

import io.toolstream.wire.Call;
import java.time.Duration;
import java.time.InstantSource;

/** An admitted call on its way through the worker: well-formed, its tool known, its arguments checked. */
public record Invocation(Call call, Tool tool, Origin origin) {
    /** Until the call's deadline; zero or negative once it has passed. */
    public Duration timeLeft(InstantSource clock) {
        return Duration.ofMillis(call.options().deadlineMillis() - clock.millis());
    }
}
