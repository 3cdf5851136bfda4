package io.toolstream.worker.catalogue;

import io.toolstream.kafka.Publisher;
import io.toolstream.mcp.CatalogueDrift;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.runtime.Threads;
import io.toolstream.wire.CatalogueChange;
import io.toolstream.wire.CatalogueCodec;
import io.toolstream.wire.CatalogueEntry;
import io.toolstream.wire.CatalogueEntry.AtWorker;
import io.toolstream.wire.CatalogueEntry.Drift;
import io.toolstream.wire.CatalogueEntry.Listed;
import io.toolstream.wire.CatalogueKey;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RawJson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the compacted catalogue topic in step with what was read, and clears it of servers that are no longer configured.
 * Owns the thread {@code catalogue-writer}, which alone knows what is published and may block. No call waits for it: what
 * could not be written is written after the next reading.
 */
public final class CatalogueWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CatalogueWriter.class);
    private static final long CLOSE_MILLIS = 1_000;
    private static final int MOST_NAMES = 100;

    /** A worker's view that was not renewed for so long is of a worker that is gone. */
    private static final Duration VIEW_LIFE = Duration.ofMinutes(10);

    private final CatalogueCodec codec = new CatalogueCodec();
    private final PublishedEntries published = new PublishedEntries();
    private final Map<String, Drift> drifts = new HashMap<>();
    private final Set<CatalogueKey> left = new HashSet<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Threads.daemons("catalogue-writer"));
    private final Publisher publisher;
    private final String topic;
    private final InstantSource clock;

    /** Of all records sent until now. */
    private CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);

    private CatalogueWriter(Publisher publisher, String topic, InstantSource clock) {
        this.publisher = publisher;
        this.topic = topic;
        this.clock = clock;
    }

    /** Begins with reading what stands on the topic. */
    public static CatalogueWriter start(
            Publisher publisher, String topic, StandingRecords standing, Set<String> servers, InstantSource clock) {
        CatalogueWriter writer = new CatalogueWriter(publisher, topic, clock);
        writer.thread.execute(() -> writer.adopt(standing, Set.copyOf(servers)));
        return writer;
    }

    /** Clears the topic of all other servers. */
    void serve(Set<String> servers) {
        onThread(() -> {
            drifts.keySet().retainAll(servers);
            publish(List.of(), key -> !servers.contains(key.server()));
        });
    }

    /** Writes what is different after this reading; at once for the caller. */
    void write(CatalogueSource source, Reading reading) {
        onThread(() -> publish(entries(source, reading), isGone(reading)));
    }

    private void adopt(StandingRecords standing, Set<String> servers) {
        try {
            standing.readAll(this::note);
        } catch (RuntimeException e) {
            log.warn("the catalogue topic cannot be read: entries of an earlier life may stay: {}", e.getMessage());
        }
        publish(List.of(), key -> !servers.contains(key.server()) || left.contains(key));
        left.clear();
    }

    private void note(InboundRecord record) {
        if (codec.decode(record) instanceof Decoded.WellFormed<CatalogueChange> known) {
            published.note(known.value());
            if (isLeft(known.value())) {
                left.add(known.value().key());
            } else {
                left.remove(known.value().key());
            }
        }
    }

    private boolean isLeft(CatalogueChange change) {
        return change instanceof CatalogueChange.Put put
                && put.entry() instanceof AtWorker view
                && view.updatedAtMillis() < clock.millis() - VIEW_LIFE.toMillis();
    }

    /** How this worker finds a server; at once for the caller. */
    void write(AtWorker view) {
        onThread(() -> publish(List.of(view), key -> false));
    }

    /** Takes back what this worker said of how it finds servers. */
    void retractViews(String worker) {
        onThread(() -> publish(List.of(), key -> worker.equals(key.worker())));
    }

    /** Completes, always normally, when what it was told until now stands on the topic, or could not be written. */
    CompletableFuture<Void> written() {
        CompletableFuture<Void> written = new CompletableFuture<>();
        onThread(() -> {
            var unused = sent.thenRun(() -> written.complete(null));
        });
        return written;
    }

    /** The tools of a server that was not read are unknown, not gone. */
    private static Predicate<CatalogueKey> isGone(Reading reading) {
        ServerTools tools = reading.tools();
        return key -> key.server().equals(tools.name())
                && key.tool() != null
                && tools.isKnown()
                && !tools.tools().containsKey(key.tool());
    }

    private Listed listed(Reading reading) {
        ServerTools tools = reading.tools();
        CatalogueDrift drift = reading.drift();
        if (!drift.isEmpty()) {
            drifts.put(
                    tools.name(),
                    new Drift(clock.millis(), some(drift.added()), some(drift.removed()), some(drift.changed())));
        }
        Map<String, String> disabled = tools.disabled().entrySet().stream()
                .filter(tool -> !tool.getKey().isEmpty())
                .limit(MOST_NAMES)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Listed(tools.tools().size(), disabled, drifts.get(tools.name()));
    }

    private static List<String> some(Set<String> names) {
        return names.stream().sorted().limit(MOST_NAMES).toList();
    }

    private List<CatalogueEntry> entries(CatalogueSource source, Reading reading) {
        ServerTools tools = reading.tools();
        List<CatalogueEntry> entries = new ArrayList<>();
        entries.add(new CatalogueEntry.OfServer(
                tools.name(),
                source.transport(),
                tools.condition(),
                source.server().protocolVersion(),
                listed(reading),
                clock.millis()));
        tools.tools().values().forEach(tool -> {
            ToolDefinition definition = reading.definitions().get(tool.name());
            if (definition != null) {
                entries.add(new CatalogueEntry.OfTool(
                        tools.name(),
                        tool.name(),
                        rawJson(definition.json()),
                        tool.digest(),
                        tool.effect().name().toLowerCase(Locale.ROOT),
                        tool.policy().cache().enabled() && tool.isRepeatable()));
            }
        });
        return entries;
    }

    private void publish(List<CatalogueEntry> entries, Predicate<CatalogueKey> gone) {
        for (CatalogueChange change : published.update(entries, gone)) {
            CompletableFuture<?> one = publisher
                    .publish(topic, null, encode(change))
                    .exceptionally(failure -> {
                        log.warn("the catalogue topic is behind: {}", failure.getMessage());
                        onThread(() -> published.doubt(change.key()));
                        return null;
                    });
            sent = CompletableFuture.allOf(sent, one);
        }
    }

    private OutboundRecord encode(CatalogueChange change) {
        return change instanceof CatalogueChange.Put put
                ? codec.encode(put.entry())
                : codec.encodeRemoval(change.key());
    }

    private static RawJson rawJson(JsonSlice json) {
        return RawJson.of(json.array(), json.offset(), json.length());
    }

    private void onThread(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            log.debug("not written any more, the worker is closing");
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
