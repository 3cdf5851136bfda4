package io.toolstream.embedded;

import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is.
 *
 * @param bootstrapServers of the broker
 * @param admin probes and metrics of the worker; absent if they are switched off
 * @param demoTools the demo tool server; absent if tool servers were given
 */
public record Addresses(
        String bootstrapServers,
        @Nullable InetSocketAddress admin,
        @Nullable URI demoTools) {}
