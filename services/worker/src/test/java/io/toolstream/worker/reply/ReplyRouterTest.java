package io.toolstream.worker.reply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.PublishException;
import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.ReplyRoute;
import io.toolstream.wire.TopicNames;
import io.toolstream.worker.fixture.FakePublisher;
import io.toolstream.worker.fixture.ManualTimer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyRouterTest {
    private static final List<String> ALLOWED = List.of("svc.replies", "team-a.*", "toolstream.*", "tx*");

    private final ManualTimer timer = new ManualTimer();
    private final FakePublisher topics = new FakePublisher()
            .withTopic("toolstream.replies", 4)
            .withTopic("toolstream.calls", 4)
            .withTopic("svc.replies", 3)
            .withTopic("team-a.x", 1)
            .withTopic("team-a", 1)
            .withTopic("team-b.x", 1)
            .withTopic("__consumer_offsets", 50)
            .withTopic("toolstream.dead-letters", 4);
    private final ReplyRouter router =
            new ReplyRouter(TopicNames.DEFAULT, ALLOWED, topics, Persistence.withCallersTopics(timer, Runnable::run));

    @ParameterizedTest
    @CsvSource({
        "                  ,    , toolstream.replies",
        "toolstream.replies,    , toolstream.replies",
        "                  ,   3, toolstream.replies",
        "svc.replies       ,    , svc.replies",
        "svc.replies       ,   0, svc.replies",
        "svc.replies       ,   2, svc.replies",
        "team-a.x          ,   0, team-a.x",
    })
    void route_permitted_goesThere(@Nullable String topic, @Nullable Integer partition, String expected) {
        assertThat(route(topic, partition)).isEqualTo(new Routing.Permitted(new Destination(expected, partition)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__consumer_offsets",
                "__transaction_state",
                "toolstream.calls",
                "toolstream.dead-letters",
                "toolstream.events",
                "toolstream.metrics",
                "toolstream.control",
                "toolstream.parked",
                "toolstream.effects",
                "toolstream.tasks",
                "toolstream.breakers",
                "toolstream.epochs",
                "toolstream.catalogue",
                "team-b.x",
                "team-a",
                "other.replies",
                "Svc.Replies",
                "svc.replies ",
                "svc.replies2",
                "../x",
                "..",
                ".",
                "",
                "*",
                "team-a.*",
                "team-a.\u0000x",
                "team-a.x\r\n",
                "team-a.größe",
            })
    void route_topicThatIsNotPermitted_isForbidden(String topic) {
        assertForbidden(route(topic, null));
        assertForbidden(route(topic, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"team-a.gone", "toolstream.replies2", "tx"})
    void route_topicThatDoesNotExist_isForbidden(String topic) {
        assertForbidden(route(topic, null));
    }

    @ParameterizedTest
    @CsvSource({"svc.replies, -1", "svc.replies, 3", "svc.replies, 99999", ", -1", ", 4", ", 2147483647"})
    void route_partitionOutOfRange_isForbidden(@Nullable String topic, int partition) {
        assertForbidden(route(topic, partition));
    }

    @Test
    void route_nameTooLong_isForbidden() {
        assertForbidden(route("team-a." + "x".repeat(300), null));
    }

    @Test
    void route_withoutList_permitsTheDefaultAlone() {
        ReplyRouter strict = new ReplyRouter(
                TopicNames.DEFAULT, List.of(), topics, Persistence.withCallersTopics(timer, Runnable::run));

        assertForbidden(strict.route(toTopic("svc.replies", null)).join());
        assertThat(strict.route(toTopic(null, null)).join()).isInstanceOf(Routing.Permitted.class);
    }

    @Test
    void route_whileTheBrokerCannotBeAsked_waitsForIt() {
        Queue<CompletableFuture<Integer>> answers = new ConcurrentLinkedQueue<>(List.of(
                CompletableFuture.failedFuture(
                        new PublishException(Kind.TRANSIENT, "no broker", new IllegalStateException())),
                CompletableFuture.completedFuture(3)));
        ReplyRouter router = new ReplyRouter(
                TopicNames.DEFAULT,
                ALLOWED,
                topic -> answers.remove(),
                Persistence.withCallersTopics(timer, Runnable::run));

        CompletableFuture<Routing> routing = router.route(toTopic("svc.replies", 1));
        assertThat(routing).isNotDone();
        timer.runNext();

        assertThat(routing).isCompletedWithValue(new Routing.Permitted(new Destination("svc.replies", 1)));
    }

    private Routing route(@Nullable String topic, @Nullable Integer partition) {
        return router.route(toTopic(topic, partition)).join();
    }

    private static ReplyRoute toTopic(@Nullable String topic, @Nullable Integer partition) {
        return new ReplyRoute("id".getBytes(UTF_8), topic, partition, List.of());
    }

    private static void assertForbidden(Routing routing) {
        assertThat(routing).isInstanceOfSatisfying(Routing.Forbidden.class, forbidden -> {
            assertThat(forbidden.refusal().code()).isEqualTo(ErrorCode.REPLY_ROUTE_FORBIDDEN);
            assertThat(forbidden.refusal().message()).doesNotContain("\r", "\n", "\u0000");
        });
    }
}
