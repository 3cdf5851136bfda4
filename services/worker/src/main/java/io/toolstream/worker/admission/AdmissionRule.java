package io.toolstream.worker.admission;

import io.toolstream.wire.Call;
import io.toolstream.wire.Refusal;
import io.toolstream.worker.invoke.Tool;
import java.util.Optional;

/** One reason not to execute a call whose tool is known. Pure, quick; any thread. */
@FunctionalInterface
public interface AdmissionRule {
    /** Empty if the call may go on. */
    Optional<Refusal> check(Call call, Tool tool);
}
