package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.runtime.meter.Meters;
import io.toolstream.worker.effects.MemoryEffectLog;
import io.toolstream.worker.fixture.FakeToolServer;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.meter.CallMeters;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InvokersTest {
    @Test
    void nest_isInThisOrder() {
        try (Meters meters = new Meters()) {
            Endpoint endpoint = new Endpoint(new FakeToolServer("fs"), Duration.ofSeconds(1), false);

            Invoker invoker = Invokers.nest(
                    Map.of("fs", endpoint),
                    server -> {},
                    CallMeters.of(meters),
                    new Invokers.Claims(MemoryEffectLog.ledger(new ManualClock()), 4),
                    Runnable::run,
                    new ManualClock());

            assertThat(invoker)
                    .hasToString("NeverThrowInvoker[ClaimingInvoker[DeadlineInvoker[MeteredInvoker[McpInvoker[fs]]]]]");
        }
    }
}
