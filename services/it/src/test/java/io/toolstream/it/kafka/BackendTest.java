package io.toolstream.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendTest {
    @ParameterizedTest
    @CsvSource({
        "inproc,true,here",
        "inproc,false,here",
        "auto,true,container",
        "auto,false,here",
        "docker,true,container"
    })
    void choose_byNameAndByWhatIsThere(String name, boolean isDockerThere, String expected) {
        assertThat(Backend.named(name)
                        .choose(() -> isDockerThere, () -> "here", () -> "container")
                        .get())
                .isEqualTo(expected);
    }

    @Test
    void choose_inProcess_doesNotLookForDocker() {
        assertThat(Backend.INPROC
                        .choose(
                                () -> {
                                    throw new AssertionError("looked for Docker");
                                },
                                () -> "here",
                                () -> "container")
                        .get())
                .isEqualTo("here");
    }

    @Test
    void choose_dockerWhereThereIsNone_saysWhatToDo() {
        assertThatThrownBy(() -> Backend.DOCKER.choose(() -> false, () -> "here", () -> "container"))
                .hasMessageContaining("no Docker engine answers")
                .hasMessageContaining("-Dbackend=inproc");
    }

    @Test
    void named_unknown_isRefused() {
        assertThatThrownBy(() -> Backend.named("podman")).hasMessageContaining("inproc, docker or auto, not podman");
    }

    /** The real look for Docker, and the real container where there is one. */
    @Test
    void containerBroker_whereDockerIs_answers() {
        assumeThat(ContainerBroker.isPossible()).as("a Docker engine answers").isTrue();

        try (TestBroker broker = ContainerBroker.start();
                TestCluster cluster = new TestCluster(broker.bootstrapServers())) {
            assertThat(cluster.topic(1)).isNotEmpty();
        }
    }
}
