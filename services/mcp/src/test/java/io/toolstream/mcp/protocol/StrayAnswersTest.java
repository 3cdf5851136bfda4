package io.toolstream.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawRequest;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.StubTools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that nobody waits for: late, twice, to ids never sent. */
final class StrayAnswersTest {
    /** A child that answers a call to {@code late} after seconds, and any other three times. */
    private static final String CHILD = """
            while read -r line; do
              id=$(printf %s "$line" | sed -n 's/.*"id":\\([0-9]*\\).*/\\1/p')
              case $line in
                *'"initialize"'*) echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"protocolVersion":"2025-11-25","capabilities":{}}}' ;;
                *'"late"'*) sleep 2; echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"content":["late"]}}' ;;
                *'"tools/call"'*)
                  echo '{"jsonrpc":"2.0","id":"'"$id"'","result":{"content":["text id"]}}'
                  echo '{"jsonrpc":"2.0","id":'"$((id + 1))"',"result":{"content":["next id"]}}'
                  echo '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no id"}}'
                  echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"content":["right"]}}'
                  echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"content":["again"]}}' ;;
                *'"id"'*) echo '{"jsonrpc":"2.0","id":'"$id"',"error":{"code":-32601,"message":"no"}}' ;;
              esac
            done
            """;

    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @AfterEach
    void close() {
        client.close().join();
    }

    private ToolServer child() {
        return client.open(new ServerSpec.Stdio("child", List.of("/bin/sh", "-c", CHILD), Map.of(), Path.of("/")));
    }

    @Test
    void answersThatNobodyWaitsFor_areCountedAndHarmNobody() {
        ToolServer server = child();

        assertThat(Calls.call(server, "any")).isEqualTo("{\"content\":[\"right\"]}");
        assertThat(Calls.call(server, "any")).isEqualTo("{\"content\":[\"right\"]}");

        await().untilAsserted(
                        () -> assertThat(server.anomalies().strayAnswers()).isEqualTo(8));
    }

    @Test
    void answerAfterTheTimeOut_isCountedAndGivenToNobody() {
        ToolServer server = child();
        Calls.call(server, "any");
        await().untilAsserted(
                        () -> assertThat(server.anomalies().strayAnswers()).isEqualTo(4));

        assertThat(Calls.failure(server.call(Calls.request("late", Duration.ofMillis(500))))
                        .kind())
                .isEqualTo(Kind.TIMEOUT);
        assertThat(Calls.call(server, "any")).isEqualTo("{\"content\":[\"right\"]}");

        await().untilAsserted(
                        () -> assertThat(server.anomalies().strayAnswers()).isEqualTo(9));
    }

    @Test
    void ids_areNeverUsedTwice() {
        StubTools stub = new StubTools((request, peer) -> {
            if (request.tool().equals("lost")) {
                peer.close();
            } else {
                peer.json(Http.result(request.id(), "x"));
            }
        });
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = client.open(new ServerSpec.Http("stub", raw.url(), Map.of()));
            for (int i = 0; i < 20; i++) {
                if (i % 5 == 0) {
                    stub.newSessions("session-" + i);
                    Calls.failure(server.call(Calls.request("lost")));
                }
                Calls.call(server, "any");
            }

            List<Long> ids = stub.requests().stream()
                    .filter(request -> request.body().contains("\"id\":"))
                    .map(RawRequest::id)
                    .toList();
            assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id > 0 && id < 1L << 53);
        }
    }
}
