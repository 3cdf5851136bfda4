package io.toolstream.worker;

import io.toolstream.kafka.Publisher;
import io.toolstream.runtime.admin.Health;
import io.toolstream.settings.CacheSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.worker.cache.AnswerTiers;
import io.toolstream.worker.cache.CacheEvent;
import io.toolstream.worker.cache.CacheKeys;
import io.toolstream.worker.cache.CacheObserver;
import io.toolstream.worker.cache.CachingInvoker;
import io.toolstream.worker.cache.CredentialScope;
import io.toolstream.worker.cache.EpochLog;
import io.toolstream.worker.cache.InvalidatingInvoker;
import io.toolstream.worker.cache.SharedSlot;
import io.toolstream.worker.cache.local.CaffeineTier;
import io.toolstream.worker.cache.redis.RedisTier;
import io.toolstream.worker.catalogue.CatalogueSnapshot;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Tool;
import io.toolstream.worker.meter.CacheMeters;
import io.toolstream.worker.reply.Persistence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What a worker keeps of answers, and how it learns what is void. Closed with the lifecycle, after the consumer engine and
 * before the producers.
 */
final class Caches {
    private final Foundation foundation;
    private final EpochLog epochs;
    private final CaffeineTier memory;
    private final SharedSlot store = new SharedSlot();
    private final CacheMeters meters;
    private final CacheObserver observer;
    private final CompletableFuture<Void> warm = new CompletableFuture<>();
    private volatile Map<String, String> scopes = Map.of();

    private Caches(Foundation foundation, EpochLog epochs, CaffeineTier memory, CacheMeters meters) {
        this.foundation = foundation;
        this.epochs = epochs;
        this.memory = memory;
        this.meters = meters;
        this.observer = observer(meters);
    }

    private static CacheObserver observer(CacheMeters meters) {
        return new CacheObserver() {
            @Override
            public void ended(Tool tool, CacheEvent how, long nanos) {
                meters.ended(tool, how.text(), nanos);
            }

            @Override
            public void saw(Tool tool, CacheEvent event) {
                meters.count(tool, event.text());
            }
        };
    }

    static Caches start(Foundation foundation, Publishers publishers, List<ServerEntry> servers) {
        Publisher publisher = publishers.toPeers(Persistence.withOwnTopics(
                foundation.threads().timer(), foundation.threads().calls()));
        EpochLog epochs = foundation
                .lifecycle()
                .add(
                        "epochs",
                        new EpochLog(foundation.kafka(), foundation.topics().epochs(), publisher),
                        Foundation.POLITE);
        CaffeineTier memory = new CaffeineTier(foundation.settings().cache(), System::nanoTime);
        CacheMeters meters = CacheMeters.of(foundation.meters())
                .entries(memory, CaffeineTier::size)
                .lookups("hit", memory, CaffeineTier::hits)
                .lookups("miss", memory, CaffeineTier::misses)
                .evictions(memory, CaffeineTier::evictions);
        Caches caches = new Caches(foundation, epochs, memory, meters);
        caches.servers(servers);
        caches.connectEarly();
        return caches;
    }

    /** These are the tool servers from here on: what was answered by others of the same name is not theirs. */
    void servers(List<ServerEntry> servers) {
        scopes = servers.stream().collect(Collectors.toUnmodifiableMap(ServerEntry::name, CredentialScope::of));
    }

    /** Completes when nobody waits for the shared store: it is connected, or cannot be, or takes too long, or there is none. */
    CompletableFuture<Void> warm() {
        return warm;
    }

    /** Where the worker is to be ready with its connections, they are made while it starts. */
    private void connectEarly() {
        Duration patience = foundation.settings().redis().warmUp();
        if (!isStoreUsed() || patience.isZero()) {
            warm.complete(null);
            return;
        }
        RedisTier tier = connect();
        var unused = tier.tried()
                .copy()
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(() -> warm.complete(null));
        foundation.health().ready("redis", () -> warm.isDone() ? Health.up(tier.state()) : Health.down(tier.state()));
    }

    /**
     * Gets ready what the first call would have to do without. Later than the rest: loading the client of the shared store takes
     * a second of a core, which a worker that nobody waits for has better use for while it starts.
     */
    void warmUp(CatalogueSnapshot catalogue) {
        boolean isUsed = catalogue.servers().stream()
                .flatMap(server -> server.tools().values().stream())
                .anyMatch(tool -> tool.policy().cache().enabled());
        if (isUsed) {
            epochs.follow();
        }
        if (isStoreUsed() && foundation.settings().redis().warmUp().isZero()) {
            RedisTier tier = connect();
            foundation.health().ready("redis", () -> Health.up(tier.state()));
        }
    }

    private boolean isStoreUsed() {
        return foundation.settings().redis().url() != null
                && foundation.settings().cache().enabled();
    }

    private RedisTier connect() {
        RedisTier tier = foundation
                .lifecycle()
                .add(
                        "redis",
                        new RedisTier(
                                foundation.settings().redis(),
                                foundation.topics().prefix() + "cache.",
                                foundation.settings().cache().entryBytes(),
                                foundation.threads().calls(),
                                event -> meters.command(event.text())),
                        Foundation.POLITE);
        store.fill(new TimedStore(tier, (found, time) -> meters.lookedUp(found ? "hit" : "miss", time)));
        return tier;
    }

    /** Invalidation is inside: a call that is answered with what is known changes nothing. */
    Invoker around(Invoker invoker) {
        Invoker marking = new InvalidatingInvoker(
                invoker, epochs, observer, foundation.threads().calls());
        CacheSettings settings = foundation.settings().cache();
        return settings.enabled() ? caching(marking, settings) : marking;
    }

    private Invoker caching(Invoker invoker, CacheSettings settings) {
        AnswerTiers tiers = new AnswerTiers(
                memory,
                store,
                settings,
                System::nanoTime,
                foundation.clock(),
                () -> ThreadLocalRandom.current().nextDouble());
        return new CachingInvoker(
                invoker,
                new CacheKeys(server -> scopes.getOrDefault(server, ""), epochs),
                tiers,
                observer,
                foundation.threads().calls(),
                foundation.clock());
    }
}
