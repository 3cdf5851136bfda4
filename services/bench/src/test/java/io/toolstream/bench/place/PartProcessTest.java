package io.toolstream.bench.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PartProcessTest {
    private static final List<String> SMALL = List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @Test
    void child_answersQuestions_andEndsWithItsHandle() throws Exception {
        PartProcess child = PartProcess.start(CountingPartMain.class, "counting", SMALL, Map.of("setting", "a=b c, d"));

        assertThat(child.facts()).containsEntry("asked", "1").containsEntry("setting", "a=b c, d");
        ProcessFigures figures = child.figures();
        assertThat(figures.pid()).isNotEqualTo(ProcessHandle.current().pid());
        assertThat(figures.residentKiB()).isGreaterThan(1_000);
        assertThat(figures.threadsStarted()).isPositive();

        child.close();

        assertThat(ProcessHandle.of(figures.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void child_thatDoesNotStart_saysWhy() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        PartProcess.start(CountingPartMain.class, "counting", SMALL, Map.of("refuse", "no reason")))
                .withMessageContaining("refused: no reason");
    }

    @Test
    void child_thatDied_isNoticed() throws Exception {
        try (PartProcess child = PartProcess.start(CountingPartMain.class, "counting", SMALL, Map.of())) {
            long pid = child.figures().pid();
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            await().until(() ->
                    ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());

            assertThatIllegalStateException().isThrownBy(child::facts).withMessageContaining("ended");
        }
    }
}
