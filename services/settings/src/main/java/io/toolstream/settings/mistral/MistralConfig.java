package io.toolstream.settings.mistral;

import java.util.List;
import java.util.Optional;

/**
 * A configuration as mistral.rs understands it.
 *
 * @param autoRegisterTools false: connected, but no tool is offered to the model
 * @param toolTimeoutSeconds around a whole call; empty: 30
 * @param maxConcurrentCalls over all servers; empty: 10
 */
record MistralConfig(
        boolean autoRegisterTools,
        Optional<Long> toolTimeoutSeconds,
        Optional<Long> maxConcurrentCalls,
        List<MistralServer> servers) {
    MistralConfig {
        servers = List.copyOf(servers);
    }
}
