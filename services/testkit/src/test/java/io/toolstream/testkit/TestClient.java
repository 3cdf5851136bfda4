package io.toolstream.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** Requests as a client of any make would send them: through the JDK's HTTP client, or byte by byte. */
final class TestClient {
    static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{"
            + "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;

    TestClient(URI url) {
        this.url = url;
    }

    static String call(int id, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    HttpResponse<String> post(String body, String... headers) {
        return postAsync(body, headers).join();
    }

    CompletableFuture<HttpResponse<String>> postAsync(String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString(UTF_8));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return http.sendAsync(request.uri(url).build(), BodyHandlers.ofString(UTF_8))
                .join();
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return http.sendAsync(request.uri(url).build(), BodyHandlers.ofString(UTF_8));
    }

    /** Everything the server writes until it closes, for one request written by hand. */
    byte[] raw(String body) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(head(body).getBytes(UTF_8));
            return socket.getInputStream().readAllBytes();
        }
    }

    static String head(String body) {
        return "POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }
}
