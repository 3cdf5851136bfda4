package io.toolstream.it.kafka;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tests of engines have: the broker that all share, and engines that end with each test. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
abstract class OnEngines {
    final TestCluster cluster;
    final RunningEngines engines;

    OnEngines(TestCluster cluster) {
        this.cluster = cluster;
        this.engines = new RunningEngines(cluster);
    }

    @AfterEach
    void stop() {
        engines.close();
    }
}
