package io.toolstream.it.ops;

import static io.toolstream.it.ops.OpsFiles.OPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.wire.TopicNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that what {@code ops/k8s} says of workers fits their settings. */
final class KubernetesTest {
    private static final Path FOLDER = OPS.resolve("k8s");

    private final ToolstreamSettings settings = SettingsLoader.load(
                    new SettingsSources(FOLDER.resolve("toolstream.yaml"), Map.of(), List.of()))
            .settings();
    private final JsonNode pod = pod();
    private final JsonNode worker = pod.path("containers").path(0);

    @Test
    void pod_isGivenTheTimeToDrain() {
        int seconds = pod.path("terminationGracePeriodSeconds").asInt();

        assertThat(seconds).isGreaterThan((int) settings.worker().drainTimeout().toSeconds() + 10);
    }

    @Test
    void probes_askWhatTheyAreFor() {
        assertThat(probe("startupProbe")).isEqualTo("/startupz");
        assertThat(probe("livenessProbe")).isEqualTo("/livez");
        assertThat(probe("readinessProbe")).isEqualTo("/readyz");
    }

    @Test
    void scaling_endsAtThePartitions_andLooksAtOurGroup() {
        JsonNode scaled = OpsFiles.yaml(FOLDER.resolve("keda.yaml")).path("spec");
        JsonNode trigger = scaled.path("triggers").path(0).path("metadata");

        assertThat(scaled.path("maxReplicaCount").asInt())
                .isLessThanOrEqualTo(settings.topics().partitions());
        assertThat(trigger.path("topic").asString())
                .isEqualTo(new TopicNames(settings.topics().prefix()).calls());
        assertThat(trigger.path("consumerGroup").asString())
                .isEqualTo(settings.worker().group());
        assertThat(trigger.path("bootstrapServers").asString())
                .isEqualTo(settings.kafka().bootstrapServers());
    }

    private String probe(String name) {
        return worker.path(name).path("httpGet").path("path").asString();
    }

    /** That of the first document, the deployment. */
    private static JsonNode pod() {
        String deployment = OpsFiles.text(FOLDER.resolve("worker.yaml")).split("(?m)^---$", 2)[0];
        return OpsFiles.parsed(deployment).path("spec").path("template").path("spec");
    }
}
