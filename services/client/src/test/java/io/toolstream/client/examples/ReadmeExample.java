package io.toolstream.client.examples;

import io.toolstream.client.ClientSettings;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the README shows: one client per process, many calls in flight, nothing blocked. */
public final class ReadmeExample {
    private ReadmeExample() {}

    public static void main(String[] arguments) {
        // begin-readme
        try (ToolClient tools = ToolClient.connect(ClientSettings.of("localhost:9092"))) {
            ToolCall now = ToolCall.of("demo", "now").timeout(Duration.ofSeconds(10));

            List<CompletableFuture<Void>> printed = List.of("Europe/Oslo", "America/Lima", "Asia/Tokyo").stream()
                    .map(zone -> tools.call(now.argument("zone", zone)).thenAccept(ReadmeExample::print))
                    .toList();

            printed.forEach(CompletableFuture::join);
        }
        // end-readme
    }

    private static void print(Reply reply) {
        RawJson result = reply.result(); // what the tool answered, byte for byte; absent where no tool did
        System.out.println(result != null ? result.text() : reply.status() + ": " + reply.error());
    }
}
