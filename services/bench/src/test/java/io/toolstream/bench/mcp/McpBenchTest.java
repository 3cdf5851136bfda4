package io.toolstream.bench.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.bench.load.Extent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every way gets right answers from its stub, and the table tells of each. */
final class McpBenchTest {
    @Test
    void run_ofEveryWay_failsNothing_andTellsOfEach() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Extent few = new Extent(300, Duration.ZERO);
        McpBenchSettings settings = new McpBenchSettings(Set.of(Way.values()), List.of(1, 20), 256, 1, few, few);

        int code = McpBench.run(
                settings,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));

        assertThat(code).isZero();
        for (Way way : Way.values()) {
            assertThat(out.toString(StandardCharsets.UTF_8)).contains(way.title());
        }
    }
}
