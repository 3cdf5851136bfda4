package io.toolstream.bench.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ZipfTest {
    @Test
    void next_comesAsOftenAsItsWeight() {
        Zipf zipf = new Zipf(1_000, 7);
        int draws = 200_000;
        int[] counts = new int[1_000];
        IntStream.range(0, draws).forEach(i -> counts[zipf.next()]++);

        assertThat((double) counts[0] / draws).isCloseTo(zipf.shareOf(1), within(0.005));
        assertThat((double) IntStream.of(counts).limit(100).sum() / draws).isCloseTo(zipf.shareOf(100), within(0.005));
        assertThat(zipf.shareOf(100)).isCloseTo(0.693, within(0.001));
    }

    @Test
    void quantile_isTheBoundThatHoldsIt_ofWhatCameSince() {
        String before = line("l1", "0.001", 10) + line("l1", "0.005", 10) + line("l1", "+Inf", 10);
        String after = line("l1", "0.001", 108) + line("l1", "0.005", 109) + line("l1", "+Inf", 110);

        StageTimes times = StageTimes.of(after).since(StageTimes.of(before));

        assertThat(times.quantile("l1", 0.98)).isEqualTo(0.001);
        assertThat(times.quantile("l1", 0.99)).isEqualTo(0.005);
        assertThat(times.quantile("l2", 0.99)).isNaN();
    }

    private static String line(String result, String bound, int count) {
        return "toolstream_cache_calls_seconds_bucket{gen_ai_tool_name=\"echo\",mcp_server=\"stub\",result=\"" + result
                + "\",le=\"" + bound + "\"} " + count + "\n";
    }
}
