package io.toolstream.cli.batch;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.FileTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file beside the results, {@code <results>.batch}, that is written before the first call is sent: which batch this is,
 * so that a run that goes on gives its calls the same names. Locked while a run lasts.
 */
final class Journal implements AutoCloseable {
    private static final int MAX_BYTES = 4_096;

    private final Path file;
    private final FileChannel channel;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** What it says. */
    record Entry(String batchId, ResultFormat format, InputMark input) {
        String text() {
            return "batch=" + batchId + "\nformat=" + format + "\ninputBytes=" + input.bytes() + "\ninputSha256="
                    + input.sha256() + "\n";
        }

        static @Nullable Entry parse(String text) {
            Map<String, String> values = text.lines()
                    .filter(line -> line.indexOf('=') > 0)
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf('=')),
                            line -> line.substring(line.indexOf('=') + 1),
                            (first, last) -> last));
            String bytes = values.getOrDefault("inputBytes", "");
            String format = values.getOrDefault("format", "");
            String batch = values.getOrDefault("batch", "");
            String sha256 = values.getOrDefault("inputSha256", "");
            boolean isWhole = !sha256.isEmpty() && bytes.matches("\\d{1,6}") && format.matches("JSONL|OPENAI");
            return isWhole && !batch.isEmpty()
                    ? new Entry(batch, ResultFormat.valueOf(format), new InputMark(Integer.parseInt(bytes), sha256))
                    : null;
        }
    }

    /** Beside these results. Fails where another run has it. */
    static Journal beside(Path results) {
        Path file = results.resolveSibling(results.getFileName() + ".batch");
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new CommandFailure(ExitCode.USAGE, results + " is being written by another run");
            }
            return new Journal(file, channel);
        } catch (OverlappingFileLockException e) {
            throw new CommandFailure(ExitCode.USAGE, results + " is being written by another run");
        } catch (IOException e) {
            throw broken(file, e);
        }
    }

    Optional<Entry> read() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
            channel.read(bytes, 0);
            return Optional.ofNullable(
                    Entry.parse(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw broken(file, e);
        }
    }

    void write(Entry entry) {
        try {
            channel.truncate(0);
            ByteBuffer bytes = ByteBuffer.wrap(entry.text().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes, bytes.position());
            }
            channel.force(true);
        } catch (IOException e) {
            throw broken(file, e);
        }
    }

    private static CommandFailure broken(Path file, IOException e) {
        return new CommandFailure(ExitCode.INPUT_OUTPUT, file + " cannot be read or written: " + FileTrouble.of(e));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw broken(file, e);
        }
    }
}
