package io.toolstream.worker;

import io.toolstream.kafka.ConsumerEngine;
import io.toolstream.runtime.admin.AdminActions;
import io.toolstream.runtime.admin.AdminServer;
import io.toolstream.runtime.admin.Health;
import io.toolstream.runtime.admin.HealthChecks;
import io.toolstream.settings.AdminSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the worker tells those who watch it. Ready is a worker that has joined its group and whose producers have reached
 * the broker; a tool server that is down makes nobody unready. The endpoint is started first and closed last, so that it
 * answers while the worker drains.
 */
record Probes(HealthChecks health, AdminActions actions, Optional<InetSocketAddress> address) {
    private static final Logger log = LoggerFactory.getLogger(Probes.class);

    static Probes start(Foundation foundation) {
        AdminSettings settings = foundation.settings().admin();
        HealthChecks health = foundation.health();
        foundation.meters().ready(health::isReady);
        AdminActions actions = new AdminActions();
        if (!settings.enabled()) {
            return new Probes(health, actions, Optional.empty());
        }
        try {
            AdminServer server = foundation
                    .lifecycle()
                    .add(
                            "admin endpoint",
                            AdminServer.start(settings, health, foundation.meters()::scrape, actions),
                            Foundation.QUICK);
            return new Probes(health, actions, Optional.of(server.address()));
        } catch (IOException e) {
            throw new WorkerException(
                    "the admin endpoint cannot listen on " + settings.host() + ":" + settings.port() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    void watch(ConsumerEngine engine, CompletableFuture<Void> producersWarm, CompletableFuture<Void> ready) {
        CompletableFuture<Void> assigned = engine.assigned();
        CompletableFuture<Void> terminated = engine.terminated();
        health.ready("consumer", () -> consumer(engine, assigned));
        health.ready("producer", () -> done(producersWarm, "has reached the broker"));
        health.live("consumer", () -> terminated.isCompletedExceptionally() ? Health.down("ended") : Health.up());
        var unusedStart = ready.thenRun(health::started);
        var unusedEnd = terminated.exceptionally(failure -> {
            log.error("the worker takes no more calls", failure);
            return null;
        });
    }

    private static Health consumer(ConsumerEngine engine, CompletableFuture<Void> assigned) {
        String trouble = engine.snapshot().trouble();
        return trouble == null ? done(assigned, "has joined its group") : Health.down(trouble);
    }

    private static Health done(CompletableFuture<Void> stage, String what) {
        if (!stage.isDone()) {
            return Health.down("not yet " + what);
        }
        return stage.isCompletedExceptionally() ? Health.down("never " + what) : Health.up(what);
    }
}
