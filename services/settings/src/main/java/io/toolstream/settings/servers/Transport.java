package io.toolstream.settings.servers;

import java.util.Locale;
import java.util.Optional;

/** How a server is reached, under the names that files use for it. */
enum Transport {
    STDIO,
    HTTP,
    /** By its old name; that it is the transport of 2024 is found out by asking. */
    SSE,
    WEBSOCKET;

    static Optional<Transport> named(String type) {
        return switch (type.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "")) {
            case "stdio", "local" -> Optional.of(STDIO);
            case "http", "streamablehttp", "remote" -> Optional.of(HTTP);
            case "sse" -> Optional.of(SSE);
            case "ws", "wss", "websocket" -> Optional.of(WEBSOCKET);
            default -> Optional.empty();
        };
    }
}
