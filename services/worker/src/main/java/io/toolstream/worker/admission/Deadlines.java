package io.toolstream.worker.admission;

import io.toolstream.wire.Call;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.InboundRecord;
import io.toolstream.worker.invoke.Failure;
import java.time.InstantSource;
import java.util.Optional;

/** Whether there is still time for a call, by this worker's clock. */
final class Deadlines {
    private Deadlines() {}

    /** The same when it is picked up; says for how long it was parked, which is what kept it. */
    static Optional<Failure> passedOnArrival(Call call, InstantSource clock, InboundRecord record) {
        if (clock.millis() < call.options().deadlineMillis()) {
            return Optional.empty();
        }
        long parkedMillis = CallDecoder.parkedMillis(record);
        String parked = parkedMillis == 0 ? "" : ", after " + parkedMillis + " ms in which it was parked";
        return passed(call, clock, "when it was picked up" + parked);
    }

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
