package io.toolstream.worker.cache;

import io.toolstream.settings.CacheSettings;
import io.toolstream.settings.Effect;
import io.toolstream.settings.RetrySettings;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.settings.ToolPolicy;
import io.toolstream.settings.schema.ArgumentsSchema;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.cache.local.CaffeineTier;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Tool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A caching invoker on a tool server that the test plays, with time that stands still. */
final class CacheFixture {
    static final ToolCacheSettings ON = ToolCacheSettings.ON;

    final ManualClock clock = new ManualClock();
    final AtomicLong nanos = new AtomicLong();
    final FakeEpochs epochs = new FakeEpochs();
    final FakeStore store = new FakeStore();
    final Queue<Invocation> asked = new ConcurrentLinkedQueue<>();
    final Queue<CacheEvent> events = new ConcurrentLinkedQueue<>();
    final CaffeineTier memory = new CaffeineTier(CacheSettings.DEFAULT, nanos::get);
    volatile Function<Invocation, CompletableFuture<Answer>> server =
            invocation -> CompletableFuture.completedFuture(answer(asked.size()));
    final CacheObserver observer = new CacheObserver() {
        @Override
        public void ended(Tool tool, CacheEvent how, long nanos) {
            events.add(how);
        }

        @Override
        public void saw(Tool tool, CacheEvent event) {
            events.add(event);
        }
    };
    final CachingInvoker invoker;

    CacheFixture() {
        this(Runnable::run);
    }

    CacheFixture(Executor callThreads) {
        this.invoker = new CachingInvoker(
                this::ask,
                new CacheKeys(server -> "scope", epochs),
                new AnswerTiers(memory, store, CacheSettings.DEFAULT, nanos::get, clock, () -> 0.5),
                observer,
                callThreads,
                clock);
    }

    private CompletableFuture<Answer> ask(Invocation invocation) {
        asked.add(invocation);
        return server.apply(invocation);
    }

    /** What was seen so far, for tests that go on for long. */
    void forget() {
        asked.clear();
        events.clear();
        store.kept.clear();
    }

    void advance(Duration time) {
        clock.advance(time);
        nanos.addAndGet(time.toNanos());
    }

    static Tool tool(ToolCacheSettings cache) {
        return tool("read", Effect.READ, cache, List.of());
    }

    static Tool tool(String name, Effect effect, ToolCacheSettings cache, List<String> invalidates) {
        return new Tool(
                "files",
                name,
                effect,
                "digest",
                ArgumentsSchema.compile(ToolFixtures.ANY_OBJECT.getBytes(StandardCharsets.UTF_8)),
                new ToolPolicy(null, RetrySettings.DEFAULT, cache, invalidates));
    }

    static Invocation call(Tool tool, String arguments, String... more) {
        String further = more.length == 0 ? "" : "," + String.join(",", more);
        return new Invocation(
                Records.call("{\"tool\":\"read\",\"server\":\"files\",\"arguments\":" + arguments + further + "}"),
                tool,
                Records.origin());
    }

    static Answer answer(int number) {
        return new Answer(Status.OK, RawJson.ofText("{\"n\":" + number + "}"), 1);
    }

    static ToolCacheSettings stale(Duration whileRevalidate, Duration ifError, Duration negative) {
        return new ToolCacheSettings(true, null, null, whileRevalidate, ifError, negative);
    }

    /** A shared store that has one thing to give, or nothing. */
    static final class FakeStore implements SharedTier {
        volatile Optional<KeptAnswer> has = Optional.empty();
        final Queue<KeptAnswer> kept = new ConcurrentLinkedQueue<>();

        @Override
        public CompletableFuture<Optional<KeptAnswer>> find(CacheKey key) {
            return CompletableFuture.completedFuture(has);
        }

        @Override
        public void keep(CacheKey key, KeptAnswer answer, Duration time) {
            kept.add(answer);
        }
    }
}
