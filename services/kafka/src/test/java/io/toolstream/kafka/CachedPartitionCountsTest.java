package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.PublishException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachedPartitionCountsTest {
    private final List<CompletableFuture<Integer>> asked = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final CachedPartitionCounts counts = new CachedPartitionCounts(topic -> ask(), clock::get);

    @Test
    void partitions_whileBeingAsked_isAskedOnce() {
        CompletableFuture<Integer> first = counts.partitions("a");
        CompletableFuture<Integer> second = counts.partitions("a");
        asked.get(0).complete(4);

        assertThat(asked).hasSize(1);
        assertThat(first).isCompletedWithValue(4);
        assertThat(second).isCompletedWithValue(4);
    }

    @Test
    void goodAnswer_afterAMinute_isCheckedWhileItStillCounts() {
        use("a");
        asked.get(0).complete(4);
        passes(Duration.ofSeconds(61));

        assertThat(counts.partitions("a")).isCompletedWithValue(4);
        assertThat(asked).hasSize(2);
        asked.get(1).complete(8);
        assertThat(counts.partitions("a")).isCompletedWithValue(8);
        assertThat(asked).hasSize(2);
    }

    @Test
    void goodAnswer_staysWhileTheBrokerCannotBeAsked_butNotWhenTheTopicIsGone() {
        use("a");
        asked.get(0).complete(4);
        passes(Duration.ofSeconds(61));
        use("a");
        asked.get(1).completeExceptionally(new PublishException(Kind.TRANSIENT, "away", null));
        assertThat(counts.partitions("a")).isCompletedWithValue(4);

        passes(Duration.ofSeconds(61));
        use("a");
        asked.get(2).completeExceptionally(new PublishException(Kind.DESTINATION, "gone", null));
        assertThat(counts.partitions("a")).isCompletedExceptionally();
    }

    @Test
    void badAnswer_isAskedAgainAfterASecond() {
        use("a");
        asked.get(0).completeExceptionally(new PublishException(Kind.DESTINATION, "no such topic", null));
        assertThat(counts.partitions("a")).isCompletedExceptionally();
        assertThat(asked).hasSize(1);

        passes(Duration.ofMillis(1_001));
        CompletableFuture<Integer> again = counts.partitions("a");
        asked.get(1).complete(1);
        assertThat(again).isCompletedWithValue(1);
    }

    @Test
    void badAnswers_toEndlessNames_doNotPileUp() {
        for (int i = 0; i < 5_000; i++) {
            use("nonsense-" + i);
            asked.get(i).completeExceptionally(new PublishException(Kind.DESTINATION, "no such topic", null));
            passes(Duration.ofMillis(10));
        }
        assertThat(counts.size()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void forget_asksAgain() {
        use("a");
        asked.get(0).complete(4);
        counts.forget("a");
        assertThat(counts.partitions("a")).isNotDone();
    }

    private void use(String topic) {
        var unused = counts.partitions(topic);
    }

    private CompletableFuture<Integer> ask() {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    private void passes(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
