package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.ScriptedToolServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What it costs to connect for each call, as clients without a pool do, beside a connection that is kept. On loopback, and as
 * if each answer came from so many milliseconds away. The long form: {@code -Dtoolstream.connections.calls=500}.
 */
final class NewConnectionTest {
    private static final int CALLS = Integer.getInteger("toolstream.connections.calls", 20);

    private final ScriptedToolServer tools = ScriptedToolServer.start();
    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @AfterEach
    void close() {
        client.close().join();
        tools.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 25})
    void connectionForEachCall_paysForTheHandshakeEachTime(int awayMillis) {
        Behaviour late = Behaviour.delayed(Duration.ofMillis(awayMillis));
        List.of("server/discover", "initialize", "notifications/initialized", "tools/call")
                .forEach(method -> tools.scriptMethod(method, late));
        ToolServer kept = open("kept");
        callOnNewConnection(-1);
        Calls.call(kept, "echo");

        double[] keptTook = new double[CALLS];
        double[] newTook = new double[CALLS];
        for (int i = 0; i < CALLS; i++) { // by turns: a machine that is slow for a while is so to both
            int number = i;
            keptTook[i] = millis(() -> Calls.call(kept, "echo"));
            newTook[i] = millis(() -> callOnNewConnection(number));
        }
        double keptMillis = median(keptTook);
        double newMillis = median(newTook);

        System.out.printf(
                "answers from %d ms away: a call on a kept connection takes %.2f ms, on a new one %.2f ms%n",
                awayMillis, keptMillis, newMillis);
        assertThat(newMillis).isGreaterThan(keptMillis + awayMillis);
    }

    private void callOnNewConnection(int number) {
        ToolServer server = open("new-" + number);
        Calls.call(server, "echo");
        client.close(server).join();
    }

    private ToolServer open(String name) {
        return client.open(new ServerSpec.Http(name, tools.url(), Map.of()));
    }

    private static double millis(Runnable call) {
        long begunNanos = System.nanoTime();
        call.run();
        return (System.nanoTime() - begunNanos) / 1e6;
    }

    private static double median(double[] each) {
        Arrays.sort(each);
        return each[each.length / 2];
    }
}
