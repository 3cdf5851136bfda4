package io.toolstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs({OS.LINUX, OS.MAC})
final class HangUpTest {
    @Test
    void signal_runsTheTask_oneAtATime_manyDuringOneAsOne() throws Exception {
        assumeThat(isHangUpIgnored())
                .as("nobody can catch a SIGHUP that the process was started to ignore, as nohup does")
                .isFalse();
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (HangUp hangUp = HangUp.install(() -> {
            begun.incrementAndGet();
            uninterruptibly(mayEnd);
        })) {
            assertThat(hangUp).isNotNull();
            hangUpOurselves();
            await().until(() -> begun.get() == 1);

            for (int i = 0; i < 5; i++) {
                hangUpOurselves();
            }
            await().pollDelay(1, TimeUnit.SECONDS).until(() -> begun.get() == 1); // all of them have come by then
            mayEnd.countDown();

            await().pollDelay(200, TimeUnit.MILLISECONDS).until(() -> begun.get() == 2);
            hangUpOurselves();
            await().until(() -> begun.get() == 3);
        }
    }

    /** Linux tells; elsewhere it is taken to be as usual. */
    private static boolean isHangUpIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) == 1);
    }

    private static void hangUpOurselves() throws IOException, InterruptedException {
        String pid = Long.toString(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
