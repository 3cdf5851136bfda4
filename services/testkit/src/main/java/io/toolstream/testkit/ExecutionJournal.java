package io.toolstream.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.testkit.json.Json;
import io.toolstream.testkit.json.Json.JsonObject;
import io.toolstream.testkit.json.Json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the server executed, on disk before it happens: each run is a line when it starts and a line when it ends, each
 * forced to disk, so that the journal outlives a {@code kill -9} of either side. Any thread; blocks for the disk.
 */
public final class ExecutionJournal implements AutoCloseable {
    private final FileChannel file;
    private final AtomicLong runs = new AtomicLong();
    private final String process = Long.toString(ProcessHandle.current().pid());

    private boolean isClosed; // guarded by this

    private ExecutionJournal(FileChannel file) {
        this.file = file;
    }

    /** Appends to the file. */
    public static ExecutionJournal open(Path path) {
        try {
            return new ExecutionJournal(FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes that a run begins; returns its name for {@link #end}. */
    String start(ReceivedCall call) {
        String run = process + "-" + runs.incrementAndGet();
        append("{\"run\":" + Json.quote(run) + ",\"id\":" + call.id() + ",\"key\":"
                + Json.quote(idempotencyKey(call.meta())) + ",\"tool\":"
                + Json.quote(call.tool()) + ",\"digest\":\"" + digest(call.arguments()) + "\",\"start\":"
                + System.currentTimeMillis() + "}\n");
        return run;
    }

    private static String idempotencyKey(String meta) {
        return Json.parse(meta) instanceof JsonObject object
                ? object.members().entrySet().stream()
                        .filter(member ->
                                member.getKey().toLowerCase(Locale.ROOT).contains("idempotency"))
                        .map(member -> member.getValue() instanceof JsonText text ? text.value() : "")
                        .findFirst()
                        .orElse("")
                : "";
    }

    void end(String run) {
        append("{\"run\":" + Json.quote(run) + ",\"end\":" + System.currentTimeMillis() + "}\n");
    }

    /** What still runs when the server is closed leaves no word any more, as after a kill. */
    private synchronized void append(String line) {
        if (isClosed) {
            return;
        }
        try {
            ByteBuffer bytes = UTF_8.encode(line);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All runs in the order of their starts; a last line that was cut short is left out. */
    public static List<Execution> read(Path path) {
        Map<String, Execution> runs = new LinkedHashMap<>();
        try {
            String text = Files.readString(path);
            text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(Json::parse)
                    .forEach(line -> note(line, runs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(runs.values());
    }

    private static void note(Json line, Map<String, Execution> runs) {
        String run = line.text("run").orElseThrow();
        OptionalLong end =
                line.number("end").stream().mapToLong(Long::longValue).findFirst();
        runs.merge(
                run,
                new Execution(
                        line.member("id").map(Json::raw).orElse(""),
                        line.text("key").orElse(""),
                        line.text("tool").orElse(""),
                        line.text("digest").orElse(""),
                        line.number("start").orElse(0L),
                        end),
                (start, last) -> new Execution(
                        start.id(), start.key(), start.tool(), start.argumentsDigest(), start.startMillis(), end));
    }

    /** The digest under which arguments appear in the journal. */
    public static String digest(String arguments) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(arguments.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
