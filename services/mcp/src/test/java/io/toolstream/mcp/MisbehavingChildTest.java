package io.toolstream.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClientSettings.TimeLimits;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ToolResult.ResultType;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.StdioToolServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripted server misbehaves as a child process; what the client makes of it. The rows are those of {@code docs/mcp-failures.md}. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class MisbehavingChildTest {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT
            .withStdio(impatient())
            .withTimes(new TimeLimits(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2))));

    /** Whatever a child did, nothing of it is left. */
    @AfterEach
    void close() {
        client.close().join();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("stdio-")));
    }

    private static StdioSettings impatient() {
        StdioSettings d = StdioSettings.DEFAULT;
        return new StdioSettings(
                d.startup(),
                Duration.ofMillis(300),
                d.maxInFlight(),
                d.outboundBytes(),
                d.restarts(),
                new StdioSettings.Tolerance(150, 3, Duration.ofMillis(1500)));
    }

    private ToolServer open(String... arguments) {
        return client.open(new ServerSpec.Stdio("child", StdioToolServer.command(arguments), Map.of(), null));
    }

    private static void assertAnswered(ToolServer server) {
        assertThat(Calls.call(server, "echo")).contains("{\\\"n\\\":1}");
    }

    private static List<Long> pids(ToolServer server) {
        String text = server.call(Calls.request("pids")).join().json().text();
        return NUMBER.matcher(text)
                .results()
                .map(found -> Long.valueOf(found.group()))
                .toList();
    }

    private static void assertGone(List<Long> pids) {
        await().untilAsserted(() -> assertThat(pids)
                .isNotEmpty()
                .noneMatch(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-06-18", "2026-07-28"})
    void m3_versionOfTheServer_isFoundOut(String version) {
        ToolServer server = open("--protocol", version);

        assertAnswered(server);

        assertThat(server.protocolVersion()).isEqualTo(version);
    }

    @Test
    void m5_m6_callThatIsCancelledOrLate_isToldTheChild() {
        ToolServer server = open("--script", "echo=normal,never,never,normal");
        assertAnswered(server);

        assertThat(Calls.failure(server.call(Calls.request("echo", Duration.ofMillis(500))))
                        .kind())
                .isEqualTo(Kind.TIMEOUT);
        CompletableFuture<ToolResult> call = server.call(Calls.request("echo"));
        await().until(() -> server.stats().inUse() == 1);
        call.cancel(true);

        assertAnswered(server);
        assertThat(server.stats().opened()).isEqualTo(1);
    }

    @Test
    void m7_lateAnswer_isCountedAndGivenToNobody() {
        ToolServer server = open("--heedless", "--script", "echo=normal,delay:2000,normal");
        assertAnswered(server);

        assertThat(Calls.failure(server.call(Calls.request("echo", Duration.ofMillis(500))))
                        .kind())
                .isEqualTo(Kind.TIMEOUT);

        assertAnswered(server);
        await().untilAsserted(
                        () -> assertThat(server.anomalies().strayAnswers()).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource({"wrong-id,1", "text-id,1", "null-id,0"})
    void m8_answersToOtherIds_areCounted(String word, int strays) {
        ToolServer server = open("--script", "echo=normal," + word + ",normal");
        assertAnswered(server);

        Calls.failure(server.call(Calls.request("echo", Duration.ofMillis(500))));

        assertAnswered(server);
        assertThat(server.anomalies().strayAnswers()).isGreaterThanOrEqualTo(strays);
    }

    @Test
    void m8_answerThatComesTwice_countsOnce() {
        ToolServer server = open("--script", "echo=twice");

        assertAnswered(server);
        assertAnswered(server);

        await().untilAsserted(
                        () -> assertThat(server.anomalies().strayAnswers()).isEqualTo(2));
    }

    @Test
    void m9_answersInAnotherOrder_areMatched() {
        ToolServer server = open("--script", "echo=delay:300,delay:200,delay:100,normal");
        List<CompletableFuture<ToolResult>> all = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            all.add(server.call(new ToolRequest(
                    "echo",
                    JsonSlice.ofText("{\"text\":\"t" + i + "!\"}"),
                    RequestMeta.NONE,
                    Duration.ofSeconds(10),
                    null)));
        }

        for (int i = 0; i < 4; i++) {
            assertThat(all.get(i).join().json().text()).contains("t" + i + "!");
        }
    }

    @Test
    void m11_m37_requestsAndStrayNotices_doNotDisturb() {
        ToolServer server = open("--script", "echo=ask,stray");

        assertAnswered(server);
        assertAnswered(server);

        assertThat(server.anomalies().serverRequests()).isEqualTo(2);
        assertThat(server.anomalies().strayNotices()).isEqualTo(2);
        assertThat(server.anomalies().strayAnswers()).isEqualTo(1);
    }

    @Test
    void m12_inputThatIsWanted_isAskedBack_otherTypesAreABreach() {
        ToolServer server = open("--protocol", "2026-07-28", "--script", "echo=ask-input,strange");

        assertThat(server.call(Calls.request("echo")).join().type()).isEqualTo(ResultType.INPUT_REQUIRED);
        assertThat(Calls.failure(server.call(Calls.request("echo"))).kind()).isEqualTo(Kind.PROTOCOL);
    }

    @Test
    void m14_childThatExitsAtItsStart_failsWithItsLastWords() {
        McpException failure = Calls.failure(open("--exit", "7").call(Calls.request("echo")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure).hasMessageContaining("code 7").hasMessageContaining("license");
    }

    @Test
    void m14_childThatNeverBecomesReady_isGivenUpWithinItsLimit() {
        StdioSettings d = impatient();
        McpClient hasty = McpClient.create(McpClientSettings.DEFAULT.withStdio(new StdioSettings(
                Duration.ofSeconds(1),
                Duration.ofMillis(300),
                d.maxInFlight(),
                d.outboundBytes(),
                d.restarts(),
                d.tolerance())));
        List<String> command = StdioToolServer.command("--method", "initialize=never");
        long startNanos = System.nanoTime();

        McpException failure = Calls.failure(hasty.open(new ServerSpec.Stdio("child", command, Map.of(), null))
                .call(Calls.request("echo")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(15));
        hasty.close().join();
    }

    @Test
    void m15_childThatExitsDuringACall_failsItAtOnce() {
        ToolServer server = open("--script", "echo=normal,exit:3");
        assertAnswered(server);

        McpException failure = Calls.failure(server.call(Calls.request("echo")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(failure).hasMessageContaining("code 3").hasMessageContaining("about to exit");
        assertAnswered(server);
    }

    @Test
    void m16_childThatHangs_isReplaced() {
        ToolServer server = open("--script", "echo=normal,hang:0");
        assertAnswered(server);

        for (int i = 0; i < 3; i++) {
            Calls.failure(server.call(Calls.request("echo", Duration.ofMillis(300))));
        }

        await().until(() -> server.stats().inUse() + server.stats().idle() == 0);
        assertAnswered(server);
        assertThat(server.stats().opened()).isEqualTo(2);
    }

    @Test
    void m17_stubbornChildAndWhatItStarted_areKilled() {
        ToolServer server = open("--stubborn", "--offspring");
        List<Long> pids = pids(server);
        assertThat(pids).hasSize(2);

        server.close().join();

        assertGone(pids);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void m18_whatAChildLeavesBehind_isKilled() {
        ToolServer server = open("--offspring", "--script", "echo=exit:1");
        List<Long> pids = pids(server);

        Calls.failure(server.call(Calls.request("echo")));

        assertGone(pids);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--stderr 50000000", "--stderr-closed"})
    void m19_stderrFloodedOrClosed_isNoError(String manners) {
        assertAnswered(open(manners.split(" ", -1)));
    }

    @Test
    void m20_childThatStopsReading_isEndedAndTheUnsentGoToTheNext() {
        ToolServer server = open("--reads", "4");
        assertAnswered(server);
        List<CompletableFuture<ToolResult>> all = new ArrayList<>();

        for (int i = 0; i < 60; i++) {
            String text = "{\"text\":\"" + "x".repeat(5_000) + "\"}";
            all.add(server.call(
                    new ToolRequest("echo", JsonSlice.ofText(text), RequestMeta.NONE, Duration.ofSeconds(20), null)));
        }

        assertThat(Calls.failure(all.get(0))).hasMessageContaining("does not read");
        assertThat(Calls.failure(all.get(0)).delivery()).isEqualTo(Delivery.MAYBE);
    }

    @Test
    void m21_noiseOnStdout_isSkippedAndTooMuchOfItEndsTheChild() {
        ToolServer server = open("--script", "echo=noise:10,noise:1000,normal");

        assertAnswered(server);
        assertThat(server.anomalies().unreadable()).isGreaterThanOrEqualTo(10);

        assertThat(Calls.failure(server.call(Calls.request("echo"))).kind()).isEqualTo(Kind.CONNECTION_LOST);
    }

    @Test
    void m22_lineWithoutEnd_endsTheChild() {
        McpException failure = Calls.failure(open("--script", "echo=endless").call(Calls.request("echo")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure).hasMessageContaining("without end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deep:300", "twin", "garbage"})
    void m23_whatIsNoMessage_isPassedOver(String word) {
        ToolServer server = open("--script", "echo=normal," + word + ",normal");
        assertAnswered(server);

        Calls.failure(server.call(Calls.request("echo", Duration.ofMillis(500))));

        assertAnswered(server);
    }

    @Test
    void m26_answerThatDrips_isWaitedFor() {
        assertAnswered(open("--script", "echo=drip:7"));
    }

    @Test
    void m39_errorOfATool_isAResult_errorOfTheProtocolAFailure() {
        ToolServer server = open("--script", "echo=tool-error,error:-32603");

        assertThat(server.call(Calls.request("echo")).join().isError()).isTrue();
        assertThat(Calls.failure(server.call(Calls.request("echo"))).kind()).isEqualTo(Kind.SERVER_ERROR);
    }
}
