package io.toolstream.cli.batch;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.FileTrouble;
import io.toolstream.wire.Status;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A batch as it stands when a run begins: its id, the results that are there, and where the next one goes.
 *
 * @param done results of earlier runs
 */
record Begun(String batchId, Totals done, Results results) implements AutoCloseable {
    private static final String STANDARD = "-";

    /** @throws CommandFailure where going on would spoil something */
    static Begun open(BatchRequest request, CallsFile input, Console console) {
        if (request.output().equals(STANDARD)) {
            return new Begun(
                    fresh(), new Totals(), new Results(new HeardOutput(console.out()), "standard output", () -> {}));
        }
        Path file = Path.of(request.output());
        if (Files.isDirectory(file)) {
            throw new CommandFailure(ExitCode.USAGE, file + " is a directory: a file for the results expected");
        }
        boolean isThere = Files.exists(file);
        boolean hasJournal = Files.exists(file.resolveSibling(file.getFileName() + ".batch"));
        if (isThere && !hasJournal && size(file) > 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    file + " is there, and not of a batch that can go on (no " + file.getFileName()
                            + ".batch beside it): name another file");
        }
        Journal journal = Journal.beside(file);
        try {
            return open(file, entry(journal, isThere, request, input).batchId(), journal);
        } catch (CommandFailure e) {
            journal.close();
            throw e;
        }
    }

    /** Of the batch that goes on; of a new one where nothing was written yet. */
    private static Journal.Entry entry(Journal journal, boolean isThere, BatchRequest request, CallsFile input) {
        Path file = Path.of(request.output());
        Journal.Entry known = isThere ? journal.read().orElse(null) : null;
        if (known != null) {
            check(known, request, input, file);
            return known;
        }
        if (isThere && size(file) > 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    file + ".batch does not tell any more which batch " + file
                            + " is of: name another file, or remove both");
        }
        Journal.Entry begun = new Journal.Entry(fresh(), request.format(), input.mark());
        journal.write(begun);
        return begun;
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private static void check(Journal.Entry known, BatchRequest request, CallsFile input, Path file) {
        if (known.format() != request.format()) {
            throw new CommandFailure(
                    ExitCode.USAGE, file + " was begun with another --format: name another file, or remove it");
        }
        if (!input.beginsWith(known.input())) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    file + " was begun with other calls than " + input.name()
                            + " has: name another file, or remove it");
        }
    }

    /** Counts the whole lines, and cuts off what follows the last. */
    private static Begun open(Path file, String batchId, Journal journal) {
        try {
            RandomAccessFile results =
                    new RandomAccessFile(file.toFile(), "rw"); // a channel would end at an interruption
            Totals done = new Totals();
            long end = readWholeLines(file, done);
            results.setLength(end);
            results.seek(end);
            OutputStream out = new FileOutputStream(results.getFD());
            return new Begun(batchId, done, new Results(out, file.toString(), () -> {
                results.getFD().sync();
                results.close();
                journal.close();
            }));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.INPUT_OUTPUT, file + " cannot be read or written: " + FileTrouble.of(e));
        }
    }

    private static long readWholeLines(Path file, Totals done) throws IOException {
        long end = 0;
        try (InputStream in = Files.newInputStream(file);
                CallLines lines = new CallLines(in, file.toString())) {
            long size = Files.size(file);
            for (CallLine line = lines.next(); line != null; line = lines.next()) {
                byte[] bytes = line.bytes();
                int length = bytes == null ? 0 : bytes.length;
                boolean isWhole = bytes != null && end + length < size && length > 0 && bytes[length - 1] == '}';
                if (!isWhole) {
                    break;
                }
                end += length + 1L;
                add(done, ResultLines.statusOf(new String(bytes, StandardCharsets.UTF_8)));
            }
        }
        return end;
    }

    private static void add(Totals done, @Nullable Status status) {
        if (status == null) {
            done.addUnknown();
        } else {
            done.add(status);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.INPUT_OUTPUT, file + " cannot be read or written: " + FileTrouble.of(e));
        }
    }

    @Override
    public void close() {
        results.close();
    }
}
