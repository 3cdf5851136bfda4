package io.toolstream.settings.mistral;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a server is reached. */
sealed interface MistralSource {
    /** What tells it from others, in the words of the file; without anything that may be secret. */
    String digestible();

    /**
     * Streamable HTTP or WebSocket.
     *
     * @param timeoutSeconds of one request; not applied there to WebSockets
     * @param bearerToken goes before a header {@code Authorization}
     */
    record Remote(
            boolean isWebSocket,
            String url,
            Optional<Long> timeoutSeconds,
            Map<String, String> headers,
            Optional<String> bearerToken)
            implements MistralSource {
        public Remote {
            headers = Map.copyOf(headers);
        }

        @Override
        public String digestible() {
            return url;
        }

        /** Without address, headers and token, which may be secret. */
        @Override
        public String toString() {
            return isWebSocket ? "WebSocket" : "Http";
        }
    }

    /** A child process. */
    record Child(String command, List<String> args, Optional<String> directory, Map<String, String> environment)
            implements MistralSource {
        public Child {
            args = List.copyOf(args);
            environment = Map.copyOf(environment);
        }

        @Override
        public String digestible() {
            return command + "\0" + String.join("\0", args);
        }

        /** Without arguments and environment, which may be secret. */
        @Override
        public String toString() {
            return "Process";
        }
    }
}
