package io.toolstream.embedded.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.embedded.demo.DemoProtocol.Handled;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The demo's tools as a child process: messages are lines, answers leave in the order they are ready, the end of stdin
 * ends the process.
 */
public final class DemoStdio {
    private final DemoProtocol protocol = new DemoProtocol(new DemoTools(Clock.systemUTC()));
    private final Map<Object, CompletableFuture<String>> running = new ConcurrentHashMap<>();
    private final OutputStream out;

    DemoStdio(OutputStream out) {
        this.out = out;
    }

    public static void main(String... arguments) throws IOException {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(new FileInputStream(FileDescriptor.in), UTF_8))) {
            new DemoStdio(new FileOutputStream(FileDescriptor.out)).serve(in);
        }
    }

    /** Blocks until the input ends. */
    void serve(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isBlank()) {
                take(protocol.handle(line));
            }
        }
    }

    private void take(Handled handled) {
        CompletableFuture<String> answer = handled.answer();
        if (answer != null) {
            Object id = handled.id() == null ? "" : handled.id();
            running.put(id, answer);
            var unused = answer.thenAccept(this::write).whenComplete((done, failure) -> running.remove(id, answer));
        } else if (handled.method().equals("notifications/cancelled")) {
            cancel(handled.params().get("requestId"));
        }
    }

    private void cancel(@Nullable Object id) {
        CompletableFuture<String> unwanted = id == null ? null : running.get(id);
        if (unwanted != null) {
            unwanted.cancel(false);
        }
    }

    private void write(String message) {
        synchronized (out) {
            try {
                out.write((message + "\n").getBytes(UTF_8));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
