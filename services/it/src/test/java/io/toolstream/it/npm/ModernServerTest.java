package io.toolstream.it.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.Progress;
import io.toolstream.mcp.RequestMeta;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolCatalogue;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 2026-07-28 with a server that the official TypeScript SDK made, over HTTP and stdio. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ModernServerTest {
    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);
    private @Nullable Process process;
    private @Nullable ToolServer http;
    private @Nullable ToolServer stdio;

    @BeforeAll
    void start() throws IOException {
        String script = NpmServers.modern().toString();
        process = new ProcessBuilder(NpmServers.node(), script, "http")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        URI url = URI.create("http://127.0.0.1:" + line.substring(line.lastIndexOf(' ') + 1) + "/mcp");
        http = client.open(new ServerSpec.Http("http", url, Map.of()));
        stdio = client.open(new ServerSpec.Stdio("stdio", List.of(NpmServers.node(), script), Map.of(), null));
    }

    @AfterAll
    void stop() {
        client.close().join();
        if (process != null) {
            process.destroy();
        }
    }

    private ToolServer server(String transport) {
        ToolServer chosen = transport.equals("http") ? http : stdio;
        if (chosen == null) {
            throw new IllegalStateException("not started");
        }
        return chosen;
    }

    private static ToolRequest request(String tool, String arguments) {
        return new ToolRequest(tool, JsonSlice.ofText(arguments), RequestMeta.NONE, Duration.ofSeconds(30), null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "stdio"})
    void catalogue_saysHowLongItIsGood(String transport) {
        ToolCatalogue catalogue = server(transport).catalogue().join();

        assertThat(catalogue.tools()).extracting(ToolDefinition::name).contains("echo", "steps", "sleep");
        assertThat(catalogue.timeToLive()).isEqualTo(Duration.ofMinutes(1));
        assertThat(catalogue.isShared()).isTrue();
        assertThat(catalogue.dropped()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "stdio"})
    void fiftyInFlight_everyAnswerIsMatched(String transport) throws Exception {
        List<CompletableFuture<ToolResult>> results = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            results.add(server(transport).call(request("echo", "{\"message\":\"m-" + i + "-\"}")));
            if (i >= 50) {
                results.get(i - 50).get(60, TimeUnit.SECONDS);
            }
        }

        for (int i = 0; i < results.size(); i++) {
            String text = results.get(i).get(60, TimeUnit.SECONDS).json().text();
            assertThat(text).as("result %d", i).contains("m-" + i + "- in era modern");
        }
        assertThat(server(transport).anomalies().strayAnswers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "stdio"})
    void progress_isHeard(String transport) {
        List<Progress> reports = new CopyOnWriteArrayList<>();

        ToolResult result = server(transport)
                .call(request("steps", "{}").heardBy(new CallListener() {
                    @Override
                    public void onProgress(Progress progress) {
                        reports.add(progress);
                    }
                }))
                .join();

        assertThat(result.json().text()).contains("done");
        assertThat(reports).extracting(Progress::done).containsExactly(1.0, 2.0, 3.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "stdio"})
    void cancel_endsTheWorkAtTheServer(String transport) {
        CompletableFuture<ToolResult> call = server(transport).call(request("sleep", "{\"ms\":60000}"));
        server(transport).call(request("echo", "{\"message\":\"x\"}")).join();

        call.cancel(true);

        await().untilAsserted(() -> assertThat(server(transport)
                        .call(request("aborted", "{}"))
                        .join()
                        .json()
                        .text())
                .contains("\"1\""));
    }
}
