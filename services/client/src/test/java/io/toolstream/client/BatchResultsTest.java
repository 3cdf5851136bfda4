package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.client.BatchOptions.RecordSize;
import io.toolstream.client.BatchOptions.Window;
import io.toolstream.kafka.PublishException;
import io.toolstream.kafka.Publisher;
import io.toolstream.wire.Call;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.Priority;
import io.toolstream.wire.RecordPosition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BatchResultsTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);
    private static final BatchOptions OPTIONS =
            BatchOptions.of("b").withInFlight(40).withRecords(new RecordSize(10, 100_000));

    private final FakePublisher publisher = new FakePublisher();
    private final ManualAlarm alarm = new ManualAlarm();
    private final List<FakeReplies> tails = new ArrayList<>();
    private final AtomicInteger taken = new AtomicInteger();

    private ToolClient connect(Publisher way) {
        ToolClient client = new ToolClient(
                ClientSettings.of("localhost:1"),
                new Surroundings(
                        way,
                        onReply -> {
                            FakeReplies tail = new FakeReplies(onReply);
                            tail.becomeReady();
                            tails.add(tail);
                            return tail;
                        },
                        (since, handler) -> {},
                        new Time(alarm, InstantSource.fixed(NOW), alarm::nowNanos),
                        "instance",
                        () -> {}),
                Keys.none());
        return client;
    }

    private FakeWorker worker() {
        return new FakeWorker(tails.get(tails.size() - 1));
    }

    private Iterable<ToolCall> calls(int count) {
        return () -> IntStream.range(0, count)
                .mapToObj(number -> {
                    taken.incrementAndGet();
                    return ToolCall.of("fs", "read_file").argument("number", number);
                })
                .iterator();
    }

    @Test
    void next_sendsRecordsAsFarAsThereIsRoom() {
        BatchResults results = connect(publisher).batch(calls(1_000), OPTIONS);
        assertThat(results.hasNext()).isTrue();
        assertThat(publisher.sent).isEmpty();

        peek(results);

        assertThat(publisher.sent).hasSize(4);
        assertThat(publisher.sent)
                .allSatisfy(sent -> assertThat(FakeWorker.calls(sent)).hasSize(10));
        assertThat(taken.get()).isLessThanOrEqualTo(41);
        Call first = FakeWorker.calls(publisher.sent.get(0)).get(0);
        assertThat(first.id()).isEqualTo("b-0");
        assertThat(first.options().idempotencyKey()).isEqualTo("b-0");
        assertThat(first.options().priority()).isEqualTo(Priority.BATCH);
        assertThat(first.options().deadlineMillis())
                .isEqualTo(NOW.plusSeconds(300).toEpochMilli());
        assertThat(first.route().partition()).isEqualTo(FakeReplies.PARTITION);
    }

    @Test
    void next_givesResultsInTheOrderOfTheCallsWhateverOrderTheyCome() {
        ToolClient client = connect(publisher);
        BatchResults results = client.batch(calls(40), OPTIONS);
        peek(results);
        List<FakePublisher.Sent> backwards = new ArrayList<>(publisher.sent);
        Collections.reverse(backwards);
        backwards.forEach(worker()::answer);

        List<CallResult> all = results.stream().toList();

        assertThat(all).extracting(CallResult::index).isEqualTo(range(40));
        assertThat(all).allMatch(CallResult::isOk);
        assertThat(all.get(17).orThrow().identity().id()).isEqualTo("b-17");
        assertThat(results.hasNext()).isFalse();
        assertThat(client.snapshot().inFlight()).isZero();
        assertThat(alarm.waiting()).isZero();
    }

    @Test
    void awaitNext_whileNothingComes_endsWithItsTime() {
        BatchResults results = connect(publisher).batch(calls(20), OPTIONS);

        assertThat(results.awaitNext(Duration.ofMillis(1))).isFalse();

        publisher.sent.forEach(worker()::answer);
        assertThat(results.awaitNext(Duration.ofMinutes(1))).isTrue();
        assertThat(results.stream()).hasSize(20);
        assertThat(results.awaitNext(Duration.ofMinutes(1))).isFalse();
    }

    @Test
    void next_whileTheOldestIsSlow_goesOnlyAsFarAheadAsTheWindow() {
        BatchResults results =
                connect(publisher).batch(calls(1_000), OPTIONS.withWindow(new Window(40, 60, 1_000_000)));
        peek(results);
        publisher.sent.subList(1, 4).forEach(worker()::answer);

        peek(results);
        assertThat(publisher.sent).hasSize(6);
        publisher.sent.subList(4, 6).forEach(worker()::answer);
        peek(results);

        assertThat(publisher.sent).hasSize(6);
        worker().answer(publisher.sent.get(0));
        assertThat(results.next().index()).isZero();
    }

    @Test
    void next_whileResultsWeighTooMuch_sendsNothingMore() {
        BatchResults results = connect(publisher).batch(calls(1_000), OPTIONS.withWindow(new Window(40, 400, 50)));

        peek(results);

        assertThat(publisher.sent).hasSize(1);
    }

    @Test
    void record_holdsNoMoreBytesThanAllowedAndALargeCallTravelsAlone() {
        List<ToolCall> calls = List.of(call("x".repeat(100)), call("x".repeat(5_000)), call("y"), call("z"));
        BatchResults results = connect(publisher).batch(calls, OPTIONS.withRecords(new RecordSize(10, 2_000)));

        peek(results);

        assertThat(publisher.sent.stream().map(sent -> FakeWorker.calls(sent).size()))
                .containsExactly(1, 3);
    }

    @Test
    void orderedCalls_travelAloneToThePartitionOfTheirKey() {
        List<ToolCall> calls = List.of(
                call("a"), call("b").orderingKey("o"), call("c"), call("d").orderingKey("o"));
        BatchResults results = connect(publisher).batch(calls, OPTIONS);

        peek(results);

        assertThat(publisher.sent)
                .extracting(sent -> sent.record().key() != null)
                .containsExactly(true, true, false);
        publisher.sent.forEach(worker()::answer);
        assertThat(results.stream()).hasSize(4).allMatch(CallResult::isOk);
    }

    @Test
    void closing_whileRepliesAreMissing_sendsTheseAgainUnderTheSameNames() {
        BatchResults results = connect(publisher).batch(calls(10), OPTIONS);
        peek(results);
        Set<String> lost = Set.of("b-3", "b-7");
        worker().answer(publisher.last(), call -> !lost.contains(call.id()));

        assertThat(publisher.sent).hasSize(2);
        assertThat(FakeWorker.calls(publisher.last())).extracting(Call::id).containsExactly("b-3", "b-7");
        assertThat(FakeWorker.calls(publisher.last()).get(0).options().idempotencyKey())
                .isEqualTo("b-3");
        worker().answer(publisher.last());

        assertThat(results.stream()).hasSize(10).allMatch(CallResult::isOk);
    }

    @Test
    void closing_againAndAgainWithoutAReply_isLeftToTheTimeOut() {
        BatchResults results = connect(publisher).batch(calls(10), OPTIONS);
        peek(results);
        for (int sending = 0; sending < publisher.sent.size() && sending < 20; sending++) {
            worker().answer(publisher.sent.get(sending), call -> !call.id().equals("b-0"));
        }

        assertThat(publisher.sent).hasSize(3);
        alarm.pass(Duration.ofSeconds(301));
        assertThat(results.next().failure()).isInstanceOf(CallTimedOut.class);
        assertThat(results.next().isOk()).isTrue();
    }

    @Test
    void closing_whereCallsHaveNoKey_sendsNothingAgain() {
        BatchResults results = connect(publisher).batch(calls(10), OPTIONS.withoutKeys());
        peek(results);
        worker().answer(publisher.last(), call -> !call.id().equals("b-3"));

        assertThat(publisher.sent).hasSize(1);
    }

    @Test
    void record_thatIsNotAccepted_failsItsMembersOnly() {
        BatchResults results = connect(publisher).batch(calls(20), OPTIONS);
        peek(results);
        publisher
                .sent
                .get(0)
                .acknowledgement()
                .completeExceptionally(new PublishException(
                        PublishException.Kind.DESTINATION, "no topic", new IllegalStateException()));
        worker().answer(publisher.sent.get(1));

        List<CallResult> all = results.stream().toList();
        assertThat(all.subList(0, 10)).allMatch(result -> result.failure() instanceof NotAccepted);
        assertThat(all.subList(10, 20)).allMatch(CallResult::isOk);
    }

    @Test
    void next_interrupted_endsTheWaiting() {
        BatchResults results = connect(publisher).batch(calls(10), OPTIONS);
        Thread.currentThread().interrupt();

        assertThatThrownBy(results::next).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void close_endsTheWaitingAndSendsNothingMore() {
        ToolClient client = connect(publisher);
        BatchResults results = client.batch(calls(1_000), OPTIONS);
        peek(results);

        results.close();

        assertThat(results.hasNext()).isFalse();
        assertThat(client.snapshot().inFlight()).isZero();
        assertThat(alarm.waiting()).isZero();
        assertThat(publisher.sent).hasSize(4);
    }

    /** Answers come on other threads, in any order, some lost at first: every call has one result, in order, within bounds. */
    @Test
    void batch_underRandomEndings_givesEachCallItsResultInOrder() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int inFlight = 1 + random.nextInt(50);
        int count = 2_000;
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            AnsweringPublisher answering = new AnsweringPublisher(threads, seed);
            ToolClient client = connect(answering);
            BatchOptions options = BatchOptions.of("b")
                    .withInFlight(inFlight)
                    .withRecords(new RecordSize(1 + random.nextInt(20), 2_000 + random.nextInt(20_000)));
            try (BatchResults results = client.batch(calls(count), options)) {
                List<Long> indices = new ArrayList<>();
                while (results.hasNext()) {
                    CallResult result = results.next();
                    assertThat(result.orThrow().identity().id())
                            .as("seed %s", seed)
                            .isEqualTo("b-" + result.index());
                    indices.add(result.index());
                    assertThat(client.snapshot().inFlight()).as("seed %s", seed).isLessThanOrEqualTo(inFlight + 20);
                }
                assertThat(indices).as("seed %s", seed).isEqualTo(range(count));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Answers each record some time later, and loses a reply of some at the first sending. */
    private final class AnsweringPublisher implements Publisher {
        private final ExecutorService threads;
        private final Random random;
        private final Set<String> lost = Collections.synchronizedSet(new HashSet<>());

        AnsweringPublisher(ExecutorService threads, long seed) {
            this.threads = threads;
            this.random = new Random(seed);
        }

        @Override
        public CompletableFuture<RecordPosition> publish(
                String topic, @Nullable Integer partition, OutboundRecord record) {
            FakePublisher.Sent sent = new FakePublisher.Sent(topic, partition, record, new CompletableFuture<>());
            boolean isAlone = FakeWorker.calls(sent).size() == 1;
            threads.execute(
                    () -> worker().answer(sent, call -> isAlone || random.nextInt(10) > 0 || !lost.add(call.id())));
            return sent.acknowledgement();
        }

        @Override
        public void close() {}
    }

    private static ToolCall call(String text) {
        return ToolCall.of("fs", "read_file").argument("path", text);
    }

    private static List<Long> range(int count) {
        return IntStream.range(0, count).mapToObj(Long::valueOf).toList();
    }

    /** Lets the batch send, without waiting for anything. */
    private static void peek(BatchResults results) {
        results.fill();
    }
}
