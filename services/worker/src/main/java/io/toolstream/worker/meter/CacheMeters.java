package io.toolstream.worker.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Counts what became of calls of tools whose answers are kept, and how the shared store answered. Any thread. */
public final class CacheMeters {
    private static final int MOST_TOOLS = 200;
    private static final String LOOKUPS = "Lookups of answers, by tier and by whether there was one";
    private static final Tags LOCAL = Tags.of("cache", "answers", "tier", "local");

    /** Finer than elsewhere: what is known already takes microseconds. */
    private static final Duration[] BOUNDS = DoubleStream.of(0.1, 0.2, 0.5, 1, 2, 5, 10, 50, 100, 1_000, 10_000)
            .mapToObj(millis -> Duration.ofNanos(Math.round(millis * 1_000_000)))
            .toArray(Duration[]::new);

    private final ToolLabels labels = new ToolLabels(MOST_TOOLS);
    private final Map<Key, Timer> calls = new ConcurrentHashMap<>();
    private final Map<Key, Counter> notes = new ConcurrentHashMap<>();
    private final Map<String, Counter> commands = new ConcurrentHashMap<>();
    private final Map<String, Counter> lookups = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final Timer lookupTimes;

    private CacheMeters(MeterRegistry registry) {
        this.registry = registry;
        this.lookupTimes = Timer.builder("toolstream.cache.store.lookup")
                .description("How long the shared store took to say whether it has an answer")
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    private record Key(Tags tool, String result) {}

    public static CacheMeters of(Meters meters) {
        return new CacheMeters(meters.registry());
    }

    public <T> CacheMeters entries(T memory, ToDoubleFunction<T> size) {
        for (String name : List.of("toolstream.cache.entries", "cache.size")) {
            Gauge.builder(name, memory, size)
                    .description("Answers in this worker's memory")
                    .tags(name.equals("cache.size") ? LOCAL : Tags.empty())
                    .strongReference(true)
                    .register(registry);
        }
        return this;
    }

    /** How often this worker's memory was asked, with this {@code result}: {@code hit} or {@code miss}. */
    public <T> CacheMeters lookups(String result, T memory, ToDoubleFunction<T> count) {
        FunctionCounter.builder("cache.gets", memory, count)
                .description(LOOKUPS)
                .tags(LOCAL.and("result", result))
                .register(registry);
        return this;
    }

    public <T> CacheMeters evictions(T memory, ToDoubleFunction<T> count) {
        FunctionCounter.builder("cache.evictions", memory, count)
                .description("Answers that had to leave this worker's memory")
                .tags(LOCAL)
                .register(registry);
        return this;
    }

    /** {@code result}: one of few words. */
    public void ended(Tool tool, String result, long nanos) {
        calls.computeIfAbsent(new Key(labels.of(tool), result), this::ofCalls).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** {@code what}: one of few words. */
    public void count(Tool tool, String what) {
        notes.computeIfAbsent(new Key(labels.of(tool), what), this::ofNotes).increment();
    }

    /** {@code result} of one command to the shared store: one of few words. */
    public void command(String result) {
        commands.computeIfAbsent(result, this::ofCommands).increment();
    }

    /** The shared store was asked, with this {@code result}: {@code hit} or {@code miss}. */
    public void lookedUp(String result, Duration time) {
        lookups.computeIfAbsent(result, this::ofLookups).increment();
        lookupTimes.record(time);
    }

    private Timer ofCalls(Key key) {
        return Timer.builder("toolstream.cache.calls")
                .description("Calls of tools whose answers are kept, and how long they took")
                .serviceLevelObjectives(BOUNDS)
                .tags(key.tool().and("result", key.result()))
                .register(registry);
    }

    private Counter ofNotes(Key key) {
        return Counter.builder("toolstream.cache.events")
                .description("Calls that made answers void, were answered with old ones, or went past what is kept")
                .tags(key.tool().and("event", key.result()))
                .register(registry);
    }

    private Counter ofLookups(String result) {
        return Counter.builder("cache.gets")
                .description(LOOKUPS)
                .tags("cache", "answers", "tier", "redis", "result", result)
                .register(registry);
    }

    private Counter ofCommands(String result) {
        return Counter.builder("toolstream.cache.store.commands")
                .description("How the shared store answered")
                .tag("result", result)
                .register(registry);
    }
}
