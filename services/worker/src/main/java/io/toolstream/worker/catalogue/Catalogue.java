package io.toolstream.worker.catalogue;

import io.toolstream.runtime.Threads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.random.RandomGenerator;

/**
 * The catalogue of a worker: owns the thread that reads the servers and swaps the snapshot. Any thread may ask for the
 * snapshot or a refresh; nothing here blocks but {@link #close()}.
 */
public final class Catalogue implements AutoCloseable {
    private final ScheduledExecutorService thread;
    private final CatalogueWriter writer;
    private final Map<String, ServerReader> readers = new LinkedHashMap<>();

    /** Written by the catalogue's thread alone. */
    private volatile CatalogueSnapshot snapshot;

    private Catalogue(ScheduledExecutorService thread, CatalogueWriter writer) {
        this.thread = thread;
        this.writer = writer;
        this.snapshot = new CatalogueSnapshot(List.of());
    }

    /** Begins to read all servers at once. */
    public static Catalogue start(List<CatalogueSource> sources, CatalogueWriter writer, RandomGenerator random) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, Threads.daemons("catalogue"));
        thread.setRemoveOnCancelPolicy(true);
        Catalogue catalogue = new Catalogue(thread, writer);
        for (CatalogueSource source : sources) {
            catalogue.readers.put(
                    source.name(),
                    new ServerReader(source, thread, random, reading -> catalogue.accept(source, reading)));
        }
        catalogue.snapshot = catalogue.assemble();
        catalogue.readers.values().forEach(reader -> thread.execute(reader::read));
        return catalogue;
    }

    public CatalogueSnapshot snapshot() {
        return snapshot;
    }

    /** Completes when every server has been read once or has failed to be. */
    public CompletableFuture<Void> firstRead() {
        return CompletableFuture.allOf(
                readers.values().stream().map(ServerReader::firstEnd).toArray(CompletableFuture[]::new));
    }

    /**
     * Asks for one server to be read again, because a call met a sign that its tools have changed.
     *
     * @return completes, always normally and within the server's patience, when it is worth to look again: after the
     *     reading, or at once where there was one just now, where too many wait already, or where there is no such server
     */
    public CompletableFuture<Void> refresh(String server) {
        ServerReader reader = readers.get(server);
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (reader == null) {
            done.complete(null);
            return done;
        }
        try {
            thread.execute(() -> reader.refresh(done));
        } catch (RejectedExecutionException closed) {
            done.complete(null);
        }
        return done;
    }

    /** Asks for the same without waiting. */
    public void refreshSoon(String server) {
        var unused = refresh(server);
    }

    private void accept(CatalogueSource source, Reading reading) {
        snapshot = assemble();
        writer.write(source, reading);
    }

    private CatalogueSnapshot assemble() {
        return new CatalogueSnapshot(
                readers.values().stream().map(ServerReader::current).toList());
    }

    @Override
    public void close() {
        thread.shutdownNow();
        writer.close();
    }
}
