package io.toolstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
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
            await().pollDelay(200, TimeUnit.MILLISECONDS).until(() -> begun.get() == 1);
            mayEnd.countDown();

            await().pollDelay(200, TimeUnit.MILLISECONDS).until(() -> begun.get() == 2);
            hangUpOurselves();
            await().until(() -> begun.get() == 3);
        }
    }

    private static void hangUpOurselves() throws IOException, InterruptedException {
        String pid = Long.toString(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
