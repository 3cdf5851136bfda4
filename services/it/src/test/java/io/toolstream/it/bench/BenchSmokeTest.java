package io.toolstream.it.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.bench.Bench;
import io.toolstream.bench.BenchSettings;
import io.toolstream.bench.BenchSettings.Format;
import io.toolstream.bench.BenchSettings.KafkaLayout;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.BenchSettings.Rounds;
import io.toolstream.bench.BenchSettings.Workload;
import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.load.Extent;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BenchSmokeTest {
    private static final Extent SHORT = new Extent(20, Duration.ofMillis(50));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void run_inProcess_measuresFloorAndPeer() throws Exception {
        int exit = run(Set.of(Contender.FLOOR, Contender.PEER), new Placement(true, 1, 64), Format.TABLE);

        assertThat(exit).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("1 in flight +floor +\\d+")
                .containsPattern("1 in flight +peer +\\d+")
                .containsPattern("4 in flight +floor +\\d+");
    }

    @Test
    void run_inOwnProcesses_leavesNoneBehind() throws Exception {
        List<Long> before = children();

        int exit = run(Set.of(Contender.FLOOR), new Placement(false, 1, 64), Format.JSON);

        assertThat(exit).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"contender\":\"floor\"", "\"failures\":0");
        await().untilAsserted(() -> assertThat(children()).isSubsetOf(before));
    }

    private static List<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
    }

    private int run(Set<Contender> contenders, Placement placement, Format format) throws InterruptedException {
        BenchSettings settings = new BenchSettings(
                new Workload(List.of(1, 4), List.of(), 128),
                new Rounds(1, SHORT, SHORT, SHORT),
                contenders,
                placement,
                new KafkaLayout(null, 2, Map.of()),
                format);
        PrintStream progress = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return Bench.run(settings, new PrintStream(out, true, StandardCharsets.UTF_8), progress);
    }
}
