package io.toolstream.it.kafka;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Where the broker of the shared tests runs: {@code -Dbackend=inproc} (the default), {@code docker}, or {@code auto}, which
 * takes Docker where it is. Tests that stop and start a broker, or everything in one JVM, have their own in this process.
 */
enum Backend {
    INPROC,
    DOCKER,
    AUTO;

    static Backend named(String name) {
        return switch (name) {
            case "inproc" -> INPROC;
            case "docker" -> DOCKER;
            case "auto" -> AUTO;
            default -> throw new IllegalArgumentException("-Dbackend is inproc, docker or auto, not " + name);
        };
    }

    /** Starts the broker that the command line asks for. */
    static TestBroker start() {
        return named(System.getProperty("backend", "inproc"))
                .choose(ContainerBroker::isPossible, TestBroker::inProcess, ContainerBroker::start)
                .get();
    }

    /** Asks for Docker only where it matters. */
    <T> Supplier<T> choose(BooleanSupplier isDockerThere, Supplier<T> inProcess, Supplier<T> inContainer) {
        if (this == INPROC) {
            return inProcess;
        }
        if (isDockerThere.getAsBoolean()) {
            return inContainer;
        }
        if (this == AUTO) {
            return inProcess;
        }
        throw new IllegalStateException("-Dbackend=" + name().toLowerCase(Locale.ROOT)
                + ", but no Docker engine answers: start one, or use -Dbackend=inproc");
    }
}
