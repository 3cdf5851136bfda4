package io.toolstream.worker.catalogue;

import io.toolstream.runtime.Threads;
import io.toolstream.wire.CatalogueEntry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue of a worker: owns the thread that reads the servers and swaps the snapshot. Any thread may ask for the
 * snapshot or a refresh; nothing here blocks but {@link #close()}.
 */
public final class Catalogue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Catalogue.class);

    private final ScheduledExecutorService thread;
    private final CatalogueWriter writer;
    private final CatalogueObserver observer;
    private final RandomGenerator random;

    /** In the order of the operator's file; replaced as a whole, under this object's lock. */
    private volatile Map<String, ServerReader> readers = Map.of();

    /** Written under this object's lock, since readings come in while servers are replaced. */
    private volatile CatalogueSnapshot snapshot = new CatalogueSnapshot(List.of());

    private Catalogue(
            ScheduledExecutorService thread,
            CatalogueWriter writer,
            CatalogueObserver observer,
            RandomGenerator random) {
        this.thread = thread;
        this.writer = writer;
        this.observer = observer;
        this.random = random;
    }

    /** Reads nobody until it is told whom. */
    public static Catalogue start(CatalogueWriter writer, CatalogueObserver observer, RandomGenerator random) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, Threads.daemons("catalogue"));
        thread.setRemoveOnCancelPolicy(true);
        return new Catalogue(thread, writer, observer, random);
    }

    /**
     * From now on these are the servers. Those that are new are read at once, those that are equal to before stay
     * as they are, all others are forgotten with their tools. One thread at a time.
     */
    public void serve(List<CatalogueSource> sources) {
        Map<String, ServerReader> before = readers;
        Map<String, ServerReader> now = new LinkedHashMap<>();
        sources.forEach(source -> now.put(source.name(), reader(source, before.get(source.name()))));
        synchronized (this) {
            readers = Collections.unmodifiableMap(now);
            snapshot = assemble();
        }
        before.forEach((name, reader) -> ifIsNot(reader, now.get(name), reader::close));
        now.forEach((name, reader) -> ifIsNot(reader, before.get(name), reader::begin));
        // After the last reading of those that are closed has been written.
        onThread(() -> {
            before.keySet().stream().filter(name -> !now.containsKey(name)).forEach(observer::forgotten);
            writer.serve(now.keySet());
        });
    }

    private ServerReader reader(CatalogueSource source, @Nullable ServerReader before) {
        return before != null && before.source().equals(source)
                ? before
                : new ServerReader(source, thread, random, reading -> accept(source, reading));
    }

    private void ifIsNot(ServerReader one, @Nullable ServerReader other, Runnable task) {
        if (one != other) {
            onThread(task);
        }
    }

    private void onThread(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            log.debug("not read any more, the worker is closing");
        }
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

    /**
     * Completes when other processes find what was read until now on the catalogue topic, or it could not be written; never
     * once this is closed.
     */
    public CompletableFuture<Void> published() {
        return writer.written();
    }

    /** Publishes how this worker finds a server; whether that is worth it is the caller's to say. */
    public void publish(CatalogueEntry.AtWorker view) {
        writer.write(view);
    }

    /** Takes back all that was published of how this worker finds servers. */
    public void retractViews(String worker) {
        writer.retractViews(worker);
    }

    /** Asks for the same without waiting. */
    public void refreshSoon(String server) {
        var unused = refresh(server);
    }

    private void accept(CatalogueSource source, Reading reading) {
        synchronized (this) {
            snapshot = assemble();
        }
        observer.read(reading.tools());
        if (!reading.drift().isEmpty()) {
            observer.drifted(source.name(), reading.drift());
        }
        writer.write(source, reading);
    }

    private CatalogueSnapshot assemble() {
        return new CatalogueSnapshot(
                readers.values().stream().map(ServerReader::current).toList());
    }

    @Override
    public void close() {
        readers.values().forEach(reader -> onThread(reader::close));
        thread.shutdown();
        writer.close();
        thread.shutdownNow();
    }
}
