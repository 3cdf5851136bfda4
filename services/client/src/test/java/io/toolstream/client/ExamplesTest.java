package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.client.examples.ClientExamples;
import io.toolstream.kafka.Publisher;
import io.toolstream.wire.Call;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every example in the Javadoc and on the page of the client is compiled, and does what is said beside it. */
final class ExamplesTest {
    private static final Path HOME = Path.of(System.getProperty("toolstream.basedir", "../.."));
    private static final String FOLDER = "services/client/src/%s/java/io/toolstream/client/";

    private final List<FakeReplies> tails = new ArrayList<>();
    private final ManualAlarm alarm = new ManualAlarm();
    private final Answering answering = new Answering();
    private final ToolClient tools = new ToolClient(
            ClientSettings.of("localhost:1"),
            new Surroundings(
                    answering,
                    onReply -> {
                        FakeReplies tail = new FakeReplies(onReply);
                        tail.becomeReady();
                        tails.add(tail);
                        return tail;
                    },
                    (since, handler) -> {
                        boolean unused = handler.test(
                                FakeReplies.record(ToolCall.of("fs", "buy").id("order-17"), 1, true));
                    },
                    new Time(alarm, InstantSource.fixed(Instant.EPOCH), alarm::nowNanos),
                    "instance",
                    () -> {}),
            Keys.none());

    @Test
    void examples_ofJavadocAndPage_areTheCompiledOnes() throws IOException {
        String compiled = normal(read(FOLDER.formatted("test") + "examples/ClientExamples.java")
                + read(FOLDER.formatted("test") + "examples/DeadLetterExamples.java")
                + read("services/it/src/test/java/io/toolstream/it/cli/MicrometerExample.java"));
        List<String> shown = new ArrayList<>();
        for (Path source : sources()) {
            shown.addAll(
                    blocks(Files.readString(source).replaceAll("(?m)^ *\\* ?", ""), "<pre>\\{@code\n(.*?)\n\\}</pre>"));
        }
        assertThat(shown).hasSizeGreaterThan(8);
        shown.addAll(blocks(read("services/docs/client.md"), "```java\n(.*?)\n```"));
        shown.addAll(blocks(read("services/docs/batches.md"), "```java\n(.*?)\n```"));

        assertThat(shown).allSatisfy(block -> assertThat(compiled).contains(normal(block)));
    }

    @Test
    void oneCall_givesTheToolsAnswer() {
        assertThat(ClientExamples.oneCall(tools)).isCompletedWithValue("{\"content\":[]}");
    }

    @Test
    void progress_isShownAsItComes() {
        answering.updates = 2;

        assertThat(ClientExamples.progress(tools, ToolCall.of("fs", "index"))).containsExactly("index", "index");
    }

    @Test
    void shedding_saysWhetherThereWasAPlace() {
        assertThat(ClientExamples.shedding(tools, ToolCall.of("fs", "index"))).isEqualTo("on its way");
    }

    @Test
    void parallel_countsWhatWasAnswered() {
        assertThat(ClientExamples.parallel(tools)).isCompletedWithValue(2L);
    }

    @Test
    void questions_areAnsweredAndTheCallGoesOn() {
        answering.asks = true;

        assertThat(ClientExamples.questions(tools, ToolCall.of("fs", "format"))
                        .join()
                        .status())
                .isEqualTo(Status.OK);
        assertThat(answering.seen).hasSize(2);
    }

    @Test
    void cancelling_tellsWhatBecameOfTheCall() {
        assertThat(ClientExamples.cancelling(tools, ToolCall.of("fs", "index"))).isCompletedWithValue("ok");
        assertThat(answering.topics).containsExactly("toolstream.calls", "toolstream.control");
    }

    @Test
    void withoutReply_saysWhatMayBeDone() {
        assertThat(ClientExamples.withoutReply(tools, ToolCall.of("fs", "index")))
                .isCompletedWithValue("ok");

        tools.close();

        assertThat(ClientExamples.withoutReply(tools, ToolCall.of("fs", "index")))
                .isCompletedWithValue("nothing was sent: call again");
    }

    @Test
    void health_isReadyWhileCallsLeave() {
        assertThat(ClientExamples.health(tools)).isEqualTo("ready, 0 in flight");
    }

    @Test
    void afterACrash_findsTheReply() throws Exception {
        assertThat(ClientExamples.afterACrash(tools, Instant.EPOCH).get(10, TimeUnit.SECONDS))
                .containsOnlyKeys("order-17");
    }

    @Test
    void inBulk_givesALineForEachCallInOrder() {
        List<ToolCall> calls = List.of(ToolCall.of("fs", "a"), ToolCall.of("fs", "b"), ToolCall.of("fs", "c"));

        assertThat(ClientExamples.inBulk(tools, calls)).containsExactly("0 ok", "1 ok", "2 ok");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(HOME.resolve(FOLDER.formatted("main")))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String read(String file) throws IOException {
        return Files.readString(HOME.resolve(file));
    }

    private static List<String> blocks(String text, String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** The formatter may break lines otherwise. */
    private static String normal(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining()).replace(" ", "");
    }

    /** A worker at the other end of the wire, at once. */
    private final class Answering implements Publisher {
        final List<Call> seen = new ArrayList<>();
        final List<String> topics = new ArrayList<>();
        int updates;
        boolean asks;

        @Override
        public CompletableFuture<RecordPosition> publish(
                String topic, @Nullable Integer partition, OutboundRecord record) {
            topics.add(topic);
            if (topic.equals("toolstream.control")) {
                return CompletableFuture.completedFuture(new RecordPosition(topic, 0, 0));
            }
            FakePublisher.Sent sent = new FakePublisher.Sent(topic, partition, record, new CompletableFuture<>());
            List<Call> calls = FakeWorker.calls(sent);
            seen.addAll(calls);
            Call first = calls.get(0);
            for (int update = 0; update < updates; update++) {
                tails.get(0).answer(first, FakeReplies.identityOf(first), false);
            }
            if (asks && first.options().inputResponses() == null) {
                tails.get(0).ask(first, "{\"inputRequests\":{\"name\":{}},\"requestState\":\"s\"}");
            } else {
                new FakeWorker(tails.get(0)).answer(sent);
            }
            return sent.acknowledgement();
        }

        @Override
        public void close() {}
    }
}
