package io.toolstream.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.StdioSettings;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
final class StdioCallTest {
    private McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @AfterEach
    void close() {
        client.close().join();
    }

    private ToolServer open() {
        return open(ChildMain.command(), Map.of("TOKEN", "hunter2"));
    }

    private ToolServer open(List<String> command, Map<String, String> environment) {
        return client.open(new ServerSpec.Stdio("child", command, environment, null));
    }

    private void withStdio(StdioSettings settings) {
        client = McpClient.create(McpClientSettings.DEFAULT.withStdio(settings));
    }

    private static StdioSettings tolerating(int garbage, int timeouts, Duration stall) {
        StdioSettings d = StdioSettings.DEFAULT;
        return new StdioSettings(
                d.startup(),
                Duration.ofMillis(300),
                d.maxInFlight(),
                d.outboundBytes(),
                d.restarts(),
                new StdioSettings.Tolerance(garbage, timeouts, stall));
    }

    @Test
    void call_manyInARow_reusesOneChild() {
        ToolServer server = open();

        for (int i = 0; i < 500; i++) {
            assertThat(Calls.call(server, "t" + i)).isEqualTo(Http.content("t" + i));
        }

        assertThat(server.stats().opened()).isEqualTo(1);
        assertThat(server.stats().reused()).isEqualTo(501);
        await().untilAsserted(() -> assertThat(server.stats().idle()).isEqualTo(1));
    }

    @Test
    void call_sixtyFourInFlightAnsweredInReverse_matchesEveryAnswer() {
        ToolServer server = open();
        List<CompletableFuture<ToolResult>> all = new ArrayList<>();

        for (int i = 0; i < 64; i++) {
            all.add(server.call(Calls.request("hold:64")));
        }

        // The question about the era and the handshake took the first ids.
        for (int i = 0; i < 64; i++) {
            assertThat(all.get(i).join().json().text()).isEqualTo(Http.content("held " + (i + 3)));
        }
    }

    @Test
    void call_withGarbageAround_isAnswered() {
        ToolServer server = open();

        String result = Calls.call(server, "garbage:100");

        assertThat(result).isEqualTo("{\"content\":[]}");
        assertThat(server.anomalies().unreadable()).isGreaterThanOrEqualTo(100);
        assertThat(Calls.call(server, "next")).isEqualTo(Http.content("next"));
        assertThat(server.stats().opened()).isEqualTo(1);
    }

    @Test
    void call_withEndlessGarbage_isFailedAndTheNextGetsAnotherChild() {
        withStdio(tolerating(50, 3, Duration.ofSeconds(10)));
        ToolServer server = open();

        McpException failure = Calls.failure(server.call(Calls.request("garbage:100")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(failure).hasMessageContaining("no message");
        assertThat(Calls.call(server, "next")).isEqualTo(Http.content("next"));
        assertThat(server.stats().opened()).isEqualTo(2);
    }

    @Test
    void call_whileStderrIsFlooded_isAnswered() {
        ToolServer server = open();

        assertThat(Calls.call(server, "stderr:100")).isEqualTo(Http.content("drained"));
    }

    @Test
    void call_duringWhichTheChildExits_failsAtOnceWithItsLastWords() {
        ToolServer server = open();
        Calls.call(server, "warm");
        CompletableFuture<ToolResult> bystander = server.call(Calls.request("silent"));

        long start = System.nanoTime();
        McpException failure = Calls.failure(server.call(Calls.request("exit:3")));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(failure).hasMessageContaining("code 3").hasMessageContaining("about to exit");
        assertThat(failure).hasMessageContaining("token ***").hasMessageNotContaining("hunter2");
        assertThat(Calls.failure(bystander).kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(Calls.call(server, "again")).isEqualTo(Http.content("again"));
        assertThat(server.stats().opened()).isEqualTo(2);
    }

    @Test
    void call_ofAProgramThatExitsAtStart_failsAsNotSentWithItsLastWords() {
        ToolServer server = open(List.of("sh", "-c", "echo no license >&2; exit 7"), Map.of());

        McpException failure = Calls.failure(server.call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure).hasMessageContaining("code 7").hasMessageContaining("no license");
    }

    @Test
    void call_ofAProgramThatIsNotThere_failsAsNotSent() {
        ToolServer server = open(List.of("no-such-program-here"), Map.of());

        McpException failure = Calls.failure(server.call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure).hasMessageContaining("no-such-program-here");
    }

    @Test
    void call_ofAProgramThatAlwaysExits_isRefusedUntilTheWindowHasPassed() {
        ToolServer server = open(List.of("sh", "-c", "exit 1"), Map.of());

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            McpException failure = Calls.failure(server.call(Calls.request("any")));
            assertThat(failure).hasMessageContaining("too often");
            assertThat(failure.retryAfter()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
        });
        assertThat(server.stats().opened()).isEqualTo(5);
    }

    @Test
    void call_thatIsNotAnsweredInTime_timesOutAndTheChildIsTold() {
        ToolServer server = open();
        Calls.call(server, "warm");

        McpException failure = Calls.failure(server.call(Calls.request("late", Duration.ofMillis(500))));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(Calls.call(server, "cancelled")).isEqualTo(Http.content("1"));
        assertThat(Calls.call(server, "release")).isEqualTo(Http.content("released"));
        assertThat(server.anomalies().strayAnswers()).isEqualTo(1);
        assertThat(server.stats().opened()).isEqualTo(1);
    }

    @Test
    void call_thatIsCancelled_isForgottenAndTheChildIsTold() {
        ToolServer server = open();
        Calls.call(server, "warm");
        CompletableFuture<ToolResult> call = server.call(Calls.request("late"));
        await().untilAsserted(() -> assertThat(server.stats().inUse()).isEqualTo(1));

        call.cancel(true);

        await().untilAsserted(() -> assertThat(server.stats().inUse()).isZero());
        assertThat(Calls.call(server, "cancelled")).isEqualTo(Http.content("1"));
    }

    @Test
    void call_ofAHangingChild_leadsToAnotherOneAfterSomeTimeouts() {
        client = McpClient.create(McpClientSettings.DEFAULT
                .withStdio(tolerating(100, 3, Duration.ofSeconds(10)))
                .withTimes(new McpClientSettings.TimeLimits(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1))));
        ToolServer server = open();
        Calls.call(server, "warm");

        for (int i = 0; i < 3; i++) {
            Calls.failure(server.call(Calls.request("hang", Duration.ofMillis(300))));
        }

        await().until(() -> server.stats().inUse() + server.stats().idle() == 0);
        assertThat(Calls.call(server, "next")).isEqualTo(Http.content("next"));
        assertThat(server.stats().opened()).isEqualTo(2);
    }

    @Test
    void call_ofASlowChild_keepsItWhateverTimesOut() {
        withStdio(tolerating(100, 2, Duration.ofSeconds(10)));
        ToolServer server = open();
        Calls.call(server, "warm");

        for (int i = 0; i < 6; i++) {
            Calls.failure(server.call(Calls.request("silent", Duration.ofMillis(100))));
        }

        assertThat(Calls.call(server, "next")).isEqualTo(Http.content("next"));
        assertThat(server.stats().opened()).isEqualTo(1);
    }

    @Test
    void call_withAResultOverTheLimit_failsAloneWhereverTheIdStands() {
        ToolServer server = open();
        CompletableFuture<ToolResult> bystander = server.call(Calls.request("late", Duration.ofMinutes(1)));

        assertThat(Calls.failure(server.call(Calls.request("huge:2000000"))).kind())
                .isEqualTo(Kind.RESULT_TOO_LARGE);
        assertThat(Calls.failure(server.call(Calls.request("huge:20000000"))).kind())
                .isEqualTo(Kind.RESULT_TOO_LARGE);
        assertThat(Calls.failure(server.call(Calls.request("hugeLast:20000000")))
                        .kind())
                .isEqualTo(Kind.RESULT_TOO_LARGE);

        assertThat(Calls.call(server, "release")).isEqualTo(Http.content("released"));
        assertThat(bystander.join().json().text()).isEqualTo(Http.content("late"));
        assertThat(server.stats().opened()).isEqualTo(1);
    }

    @Test
    void call_answeredByALineWithoutEnd_endsTheChild() {
        ToolServer server = open();

        McpException failure = Calls.failure(server.call(Calls.request("endless")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure).hasMessageContaining("without end");
    }

    @Test
    void child_thatDoesNotReadItsStdin_isEndedAndTheUnsentGoToTheNext() {
        withStdio(tolerating(100, 100, Duration.ofMillis(1500)));
        ToolServer server = open();
        Calls.call(server, "warm");
        CompletableFuture<ToolResult> hanging = server.call(Calls.request("hang"));
        List<CompletableFuture<ToolResult>> all = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            all.add(server.call(Calls.request("x".repeat(5000))));
        }

        assertThat(Calls.failure(hanging)).hasMessageContaining("does not read");
        assertThat(Calls.failure(all.get(0)).delivery()).isEqualTo(Delivery.MAYBE);
        // What was not written yet goes to the next child.
        assertThat(all.get(99).join().isError()).isFalse();
        assertThat(server.stats().opened()).isEqualTo(2);
    }

    @Test
    void call_beyondWhatMayWait_isRefused() {
        StdioSettings d = StdioSettings.DEFAULT;
        withStdio(new StdioSettings(d.startup(), Duration.ofMillis(300), 2, 100_000, d.restarts(), d.tolerance()));
        ToolServer server = open();
        Calls.call(server, "warm");
        List<CompletableFuture<ToolResult>> underWay =
                List.of(server.call(Calls.request("silent")), server.call(Calls.request("silent")));

        McpException failure = Calls.failure(server.call(Calls.request("third")));

        assertThat(underWay).noneMatch(CompletableFuture::isDone);

        assertThat(failure.kind()).isEqualTo(Kind.POOL_EXHAUSTED);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
    }

    @Test
    void child_seesTheConfiguredEnvironmentAndAFewVariablesOfOurs() {
        ToolServer server = open();

        String names = Calls.call(server, "env");

        TreeSet<String> expected = new TreeSet<>(ChildCommand.INHERITED);
        expected.retainAll(System.getenv().keySet());
        expected.add("TOKEN");
        assertThat(names).isEqualTo(Http.content(String.join(" ", expected)));
    }

    private ToolServer openWith(String unknownMethods) {
        List<String> command = new ArrayList<>(ChildMain.command());
        command.add(unknownMethods);
        return open(command, Map.of());
    }

    @Test
    void child_thatExitsAtTheQuestionAboutItsEra_isStartedAgainAndNotAsked() {
        ToolServer server = openWith("exit");

        assertThat(Calls.call(server, "one")).isEqualTo(Http.content("one"));
        assertThat(server.stats().opened()).isEqualTo(2);

        // Its era is remembered.
        Calls.failure(server.call(Calls.request("exit:1")));
        assertThat(Calls.call(server, "two")).isEqualTo(Http.content("two"));
        assertThat(server.stats().opened()).isEqualTo(3);
    }

    @Test
    void child_thatIsSilentAtTheQuestionAboutItsEra_isInitialized() {
        // The question itself has more time than the call: it is not waited for.
        client = McpClient.create(McpClientSettings.DEFAULT.withTimes(new McpClientSettings.TimeLimits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5))));
        ToolServer server = openWith("silent");

        assertThat(Calls.call(server, "one")).isEqualTo(Http.content("one"));

        assertThat(server.stats().opened()).isEqualTo(1);
    }

    @Test
    void child_thatAnswersTheQuestionAboutItsEraTooLate_isInitializedAllTheSame() {
        client = McpClient.create(McpClientSettings.DEFAULT.withTimes(new McpClientSettings.TimeLimits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofMillis(1))));
        ToolServer server = openWith("answer");

        assertThat(Calls.call(server, "one")).isEqualTo(Http.content("one"));

        assertThat(server.stats().opened()).isEqualTo(1);
    }

    @Test
    void serverRequests_areAnswered() {
        ToolServer server = open();

        assertThat(Calls.call(server, "asks")).isEqualTo(Http.content("asked"));

        assertThat(server.anomalies().serverRequests()).isEqualTo(2);
    }

    @Test
    void child_inAnotherFolder_isFoundFromThere(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\necho here >&2; exit 9\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        ToolServer server = client.open(new ServerSpec.Stdio("child", List.of("./run.sh"), Map.of(), folder));

        McpException failure = Calls.failure(server.call(Calls.request("any")));

        assertThat(failure).hasMessageContaining("code 9").hasMessageContaining("here");
    }
}
