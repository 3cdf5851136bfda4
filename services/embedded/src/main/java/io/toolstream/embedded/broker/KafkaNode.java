package io.toolstream.embedded.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.apache.kafka.server.quota.ControllerMutationQuota;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Kafka's controller and broker, put together as {@link KafkaRaftServer} does it but for two things: the sockets are
 * ours, and a fatal fault is reported instead of halting the JVM. Used from threads of {@link BrokerThreads} only.
 */
final class KafkaNode {
    private static final Logger log = LoggerFactory.getLogger(KafkaNode.class);

    private static final Duration STALE_REGISTRATION_PATIENCE = Duration.ofSeconds(5);

    private final SharedServer shared;
    private final ControllerServer controller;
    private final BrokerServer broker;

    private KafkaNode(SharedServer shared, ControllerServer controller, BrokerServer broker) {
        this.shared = shared;
        this.controller = controller;
        this.broker = broker;
    }

    static KafkaNode create(Map<String, String> properties, LoopbackSockets sockets, BrokerThreads threads) {
        KafkaConfig config = new KafkaConfig(properties, false);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> stored = KafkaRaftServer.initializeLogDirs(config, log, "");
        SharedServer shared = new SharedServer(
                config,
                stored._1(),
                Time.SYSTEM,
                Server.initializeMetrics(
                        config, Time.SYSTEM, stored._1().clusterId().orElseThrow()),
                CompletableFuture.completedFuture(Map.of(BrokerProperties.NODE_ID, sockets.controllerAddress())),
                List.of(),
                (name, isFatal, action) -> new LoggingFaultHandler(name, () -> {
                    action.run();
                    if (isFatal) {
                        threads.report(name, new IllegalStateException("see the lines before"));
                    }
                }),
                sockets);
        ControllerServer controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), stored._2());
        return new KafkaNode(shared, controller, new BrokerServer(shared));
    }

    void start(boolean isAfterACrash) throws InterruptedException {
        controller.startup();
        if (isAfterACrash) {
            StaleRegistration.end(controller.controller(), STALE_REGISTRATION_PATIENCE);
        }
        broker.startup();
        createOffsetsTopic();
    }

    /** Kafka makes it when the first group asks, which costs that group a second. */
    private void createOffsetsTopic() {
        if (broker.metadataCache().contains(Topic.GROUP_METADATA_TOPIC_NAME)) {
            return;
        }
        broker.autoTopicCreationManager()
                .createTopics(
                        CollectionConverters.asScala(Set.of(Topic.GROUP_METADATA_TOPIC_NAME)),
                        ControllerMutationQuota.UNBOUNDED_CONTROLLER_MUTATION_QUOTA,
                        Option.empty());
    }

    String clusterId() {
        return shared.clusterId();
    }

    /** The broker first: it needs the controller to leave. Both do nothing where they have not started. */
    void stop(Duration limit) {
        broker.shutdown(limit);
        controller.shutdown();
        // A start that failed half-way leaves the quorum running: neither of the two has taken hold of it.
        shared.ensureNotRaftLeader();
    }
}
