package io.toolstream.worker.admission;

import io.toolstream.wire.Call;
import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Failure;
import java.time.InstantSource;
import java.util.Optional;

/** Whether there is still time for a call, by this worker's clock. */
final class Deadlines {
    private Deadlines() {}

    static Optional<Failure> passed(Call call, InstantSource clock, String when) {
        long lateMillis = clock.millis() - call.options().deadlineMillis();
        return lateMillis < 0
                ? Optional.empty()
                : Optional.of(Failure.beforeDispatch(
                        ErrorCode.DEADLINE_PASSED,
                        "the deadline " + call.options().deadlineMillis() + " had passed by " + lateMillis + " ms "
                                + when));
    }
}
