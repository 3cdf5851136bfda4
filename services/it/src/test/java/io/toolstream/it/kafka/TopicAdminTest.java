package io.toolstream.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.kafka.BrokerUnavailableException;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.TopicAdmin;
import io.toolstream.kafka.TopicProblem;
import io.toolstream.kafka.TopicProblem.Kind;
import io.toolstream.kafka.TopicSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TopicAdminTest {
    @Test
    void ensure_missing_isNamed_orMade(TestCluster cluster) {
        TopicSpec spec = new TopicSpec(TestCluster.fresh("made"), 3, 1, Map.of("retention.ms", "3600000"));
        try (TopicAdmin admin = new TopicAdmin(cluster.connection())) {
            assertThat(admin.ensure(List.of(spec), false))
                    .extracting(TopicProblem::kind)
                    .containsExactly(Kind.MISSING);
            assertThat(admin.partitions(spec.name())).isEmpty();

            assertThat(admin.ensure(List.of(spec), true)).isEmpty();
            assertThat(admin.partitions(spec.name())).hasValue(3);
            assertThat(admin.ensure(List.of(spec), true)).isEmpty();
        }
    }

    @Test
    void ensure_bySeveralAtOnce_isHarmless(TestCluster cluster) {
        List<TopicSpec> specs = IntStream.range(0, 5)
                .mapToObj(i -> new TopicSpec(TestCluster.fresh("race"), 2, 1, Map.of()))
                .toList();
        List<CompletableFuture<List<TopicProblem>>> all = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try (TopicAdmin admin = new TopicAdmin(cluster.connection())) {
                        return admin.ensure(specs, true);
                    }
                }))
                .toList();
        assertThat(all).allSatisfy(problems -> assertThat(problems.join()).isEmpty());
    }

    @Test
    void ensure_differing_namesWhatIsAndWhatIsNeeded(TestCluster cluster) {
        String topic = cluster.topic(2, Map.of("cleanup.policy", "delete", "retention.ms", "1000"));
        TopicSpec spec = new TopicSpec(topic, 24, 3, Map.of("cleanup.policy", "compact", "retention.ms", "5000"));
        try (TopicAdmin admin = new TopicAdmin(cluster.connection())) {
            List<TopicProblem> problems = admin.ensure(List.of(spec), true);

            assertThat(problems)
                    .containsExactlyInAnyOrder(
                            new TopicProblem(topic, Kind.PARTITIONS, "partitions", "24", "2"),
                            new TopicProblem(topic, Kind.REPLICATION, "replication", "3", "1"),
                            new TopicProblem(topic, Kind.CONFIG, "cleanup.policy", "compact", "delete"),
                            new TopicProblem(topic, Kind.CONFIG, "retention.ms", "5000", "1000"));
            assertThat(problems.get(0).message()).isEqualTo("topic " + topic + ": partitions is 2, needed is 24");
        }
    }

    @Test
    void ensure_whatTheBrokerRefuses_isAProblem_andTheRestIsMade(TestCluster cluster) {
        TopicSpec impossible = new TopicSpec(TestCluster.fresh("impossible"), 1, 3, Map.of());
        TopicSpec badName = new TopicSpec("not a topic", 1, 1, Map.of());
        TopicSpec fine = new TopicSpec(TestCluster.fresh("fine"), 1, 1, Map.of());
        try (TopicAdmin admin = new TopicAdmin(cluster.connection())) {
            assertThat(admin.ensure(List.of(impossible, badName, fine), true))
                    .allSatisfy(problem -> assertThat(problem.kind()).isEqualTo(Kind.REFUSED))
                    .extracting(TopicProblem::topic)
                    .containsExactlyInAnyOrder(impossible.name(), "not a topic");
            assertThat(admin.partitions(fine.name())).hasValue(1);
        }
    }

    @Test
    void ensure_withoutABroker_saysSo() {
        KafkaConnection nowhere = new KafkaConnection(
                "127.0.0.1:1", "test", Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "500"));
        try (TopicAdmin admin = new TopicAdmin(nowhere)) {
            assertThatThrownBy(() -> admin.ensure(List.of(new TopicSpec("a", 1, 1, Map.of())), true))
                    .isInstanceOf(BrokerUnavailableException.class);
        }
    }
}
