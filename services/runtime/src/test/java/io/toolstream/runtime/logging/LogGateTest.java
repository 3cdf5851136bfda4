package io.toolstream.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LogGateTest {
    @Test
    void tell_moreOftenThanAllowed_isSilent() {
        AtomicLong nanos = new AtomicLong(7);
        AtomicInteger lines = new AtomicInteger();
        LogGate gate = new LogGate(Duration.ofSeconds(1), nanos::get);

        gate.tell(lines::incrementAndGet);
        gate.tell(lines::incrementAndGet);
        nanos.addAndGet(999_999_999);
        gate.tell(lines::incrementAndGet);
        assertThat(lines).hasValue(1);

        nanos.incrementAndGet();
        gate.tell(lines::incrementAndGet);
        assertThat(lines).hasValue(2);
    }
}
