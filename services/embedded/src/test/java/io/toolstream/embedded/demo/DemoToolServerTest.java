package io.toolstream.embedded.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DemoToolServerTest {
    private final DemoToolServer server = DemoToolServer.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"2025-11-25,2025-11-25", "2025-03-26,2025-03-26", "2026-07-28,2025-11-25", "nonsense,2025-11-25"})
    void initialize_agreesOnARevisionWithoutASession(String asked, String agreed) {
        HttpResponse<String> response = post(request(
                "initialize",
                "{\"protocolVersion\":\"" + asked
                        + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}"));

        Map<?, ?> result = result(response);
        assertThat(result.get("protocolVersion")).isEqualTo(agreed);
        assertThat(map(result.get("capabilities")).containsKey("tools")).isTrue();
        assertThat(map(result.get("serverInfo")).get("name")).isEqualTo("toolstream-demo");
        assertThat(response.headers().firstValue("Mcp-Session-Id")).isEmpty();
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void notificationsAndClientAnswers_areAccepted() {
        assertThat(post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}").statusCode())
                .isEqualTo(202);
    }

    @Test
    void ping_isAnswered() {
        assertThat(result(post(request("ping", "{}")))).isEmpty();
    }

    @Test
    void list_namesEveryToolWithSchemaAndHints() {
        List<?> tools = list(result(post(request("tools/list", "{}"))).get("tools"));

        assertThat(tools)
                .extracting(tool -> String.valueOf(map(tool).get("name")))
                .containsExactly(
                        "echo", "add", "word_count", "now", "sleep", "fail", "remember", "recall", "increment");
        assertThat(tools).allSatisfy(tool -> {
            assertThat(map(map(tool).get("inputSchema")).get("type")).isEqualTo("object");
            assertThat(map(map(tool).get("annotations")).get("readOnlyHint")).isInstanceOf(Boolean.class);
            assertThat(String.valueOf(map(tool).get("description"))).endsWith(".");
            assertThat(String.valueOf(map(tool).get("name"))).matches("[a-zA-Z0-9_-]{1,64}");
        });
    }

    @Test
    void list_cursor_isUnknown() {
        assertThat(errorCode(post(request("tools/list", "{\"cursor\":\"x\"}")))).isEqualTo("-32602");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "echo | {\"text\":\"a \\\"b\\\" é\"} | a \"b\" é",
                "add | {\"a\":0.1,\"b\":0.2} | 0.3",
                "add | {\"a\":1e3,\"b\":-1} | 999",
                "word_count | {\"text\":\"one  two\\nthree\"} | 3 words, 2 lines, 14 characters",
                "word_count | {\"text\":\"\"} | 0 words, 0 lines, 0 characters",
                "sleep | {\"ms\":1} | slept 1 ms",
                "remember | {\"key\":\"k\",\"value\":\"v\"} | Remembered under k.",
                "increment | {\"counter\":\"c\"} | 1"
            })
    void call_goodArguments_answers(String tool, String arguments, String text) {
        Map<?, ?> result = call(tool, arguments);

        assertThat(text(result)).isEqualTo(text);
        assertThat(result.containsKey("isError")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "echo | {} | 'text' must be a string",
                "echo | {\"text\":5} | 'text' must be a string",
                "add | {\"a\":1,\"b\":\"2\"} | 'b' must be a number",
                "sleep | {\"ms\":-1} | 'ms' must be a whole number from 0 to 60000",
                "sleep | {\"ms\":1.5} | 'ms' must be a whole number from 0 to 60000",
                "sleep | {\"ms\":1e200} | 'ms' must be a whole number from 0 to 60000",
                "now | {\"zone\":\"Mars\"} | 'zone' must be a time zone such as Europe/Berlin",
                "recall | {\"key\":\"nothing\"} | Nothing is remembered under nothing.",
                "fail | {\"message\":\"no\"} | no",
                "fail | {} | This tool always fails."
            })
    void call_badArgumentsOrFailure_isAToolError(String tool, String arguments, String text) {
        Map<?, ?> result = call(tool, arguments);

        assertThat(text(result)).endsWith(text);
        assertThat(result.get("isError")).isEqualTo(true);
    }

    @Test
    void call_structuredTools_answerAsTheirOutputSchemaSays() {
        assertThat(call("add", "{\"a\":1,\"b\":2}").get("structuredContent")).hasToString("{sum=3}");
        assertThat(call("word_count", "{\"text\":\"a b\"}").get("structuredContent"))
                .hasToString("{words=2, lines=1, characters=3}");
        assertThat(call("increment", "{\"counter\":\"c\"}").get("structuredContent"))
                .hasToString("{count=1}");
    }

    @Test
    void call_now_tellsTheTimeOfTheZone() {
        OffsetDateTime utc = OffsetDateTime.parse(text(call("now", "{}")));
        OffsetDateTime tokyo = OffsetDateTime.parse(text(call("now", "{\"zone\":\"Asia/Tokyo\"}")));

        assertThat(tokyo.getOffset()).hasToString("+09:00");
        assertThat(Duration.between(utc, tokyo)).isBetween(Duration.ZERO, Duration.ofSeconds(10));
    }

    @Test
    void call_rememberThenRecall_bringsItBack() {
        call("remember", "{\"key\":\"k\",\"value\":\"first\"}");
        call("remember", "{\"key\":\"k\",\"value\":\"second\"}");

        assertThat(text(call("recall", "{\"key\":\"k\"}"))).isEqualTo("second");
    }

    @Test
    void call_manySleeping_sleepTogether() {
        long startNanos = System.nanoTime();
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 50)
                .mapToObj(i -> postAsync(request("tools/call", "{\"name\":\"sleep\",\"arguments\":{\"ms\":1000}}")))
                .toList();

        assertThat(calls)
                .allSatisfy(call -> assertThat(text(result(call.join()))).isEqualTo("slept 1000 ms"));

        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                .as("half of what they take one after the other")
                .isLessThan(Duration.ofSeconds(25));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"name\":\"nope\",\"arguments\":{}} | -32602",
                "{\"arguments\":{}} | -32602",
                "{\"name\":\"echo\",\"arguments\":[1]} | -32602"
            })
    void call_badParams_isAProtocolError(String params, String code) {
        assertThat(errorCode(post(request("tools/call", params)))).isEqualTo(code);
    }

    @Test
    void post_unknownMethod_isAProtocolError() {
        assertThat(errorCode(post(request("resources/list", "{}")))).isEqualTo("-32601");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{nope", "[]", "5", "{\"jsonrpc\":\"2.0\",\"id\":1}"})
    void post_notAMessage_is400WithAnError(String body) {
        HttpResponse<String> response = post(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(errorCode(response)).isIn("-32700", "-32600");
    }

    @Test
    void post_tooLarge_is413() {
        assertThat(post("\"" + "x".repeat(3_000_000) + "\"").statusCode()).isEqualTo(413);
    }

    @Test
    void post_foreignOrigin_is403() {
        assertThat(post("{}", "Origin", "https://evil.example").statusCode()).isEqualTo(403);
        assertThat(post(request("ping", "{}"), "Origin", "http://localhost:3000")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void post_unsupportedRevisionHeader_is400() {
        assertThat(post(request("ping", "{}"), "MCP-Protocol-Version", "2026-07-28")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(request("ping", "{}"), "MCP-Protocol-Version", "2025-06-18")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void otherMethodsAndPaths_areNotOffered() {
        assertThat(send(HttpRequest.newBuilder(server.url()).GET()).statusCode())
                .isEqualTo(405);
        assertThat(send(HttpRequest.newBuilder(server.url()).DELETE()).statusCode())
                .isEqualTo(405);
        assertThat(send(HttpRequest.newBuilder(URI.create(server.url() + "/other"))
                                .POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void post_oneAfterTheOther_doesNotWaitForDelayedAcknowledgements() {
        for (int i = 0; i < 50; i++) {
            post(request("ping", "{}"));
        }
        long[] nanos = new long[50];
        for (int i = 0; i < nanos.length; i++) {
            long startNanos = System.nanoTime();
            post(request("ping", "{}"));
            nanos[i] = System.nanoTime() - startNanos;
        }
        Arrays.sort(nanos);
        assertThat(Duration.ofNanos(nanos[nanos.length / 2])).isLessThan(Duration.ofMillis(35));
    }

    private Map<?, ?> call(String tool, String arguments) {
        return result(post(request("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}")));
    }

    private static String request(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"r-1\",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private HttpResponse<String> post(String body, String... headers) {
        return postAsync(body, headers).join();
    }

    private CompletableFuture<HttpResponse<String>> postAsync(String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.url())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString(UTF_8));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString(UTF_8)).join();
    }

    private static Map<?, ?> result(HttpResponse<String> response) {
        Map<?, ?> message = map(JsonText.read(response.body()));
        assertThat(message.get("jsonrpc")).isEqualTo("2.0");
        assertThat(message.get("id")).isEqualTo("r-1");
        return map(message.get("result"));
    }

    private static String errorCode(HttpResponse<String> response) {
        return String.valueOf(
                map(map(JsonText.read(response.body())).get("error")).get("code"));
    }

    private static String text(Map<?, ?> result) {
        List<?> content = list(result.get("content"));
        assertThat(content).hasSize(1);
        assertThat(map(content.get(0)).get("type")).isEqualTo("text");
        return String.valueOf(map(content.get(0)).get("text"));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : fail("Not an object: " + value);
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : fail("Not an array: " + value);
    }
}
