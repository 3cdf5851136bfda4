package io.toolstream.mcp;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a tool server is reached: from the operator's file and from nowhere else. */
public sealed interface ServerSpec {
    String name();

    /** A Streamable HTTP endpoint; {@code headers} go out with every request and to no other origin. */
    record Http(String name, URI url, Map<String, String> headers) implements ServerSpec {
        public Http {
            headers = Map.copyOf(headers);
        }

        /** Without header values, which may be secret. */
        @Override
        public String toString() {
            return "Http[" + name + ", " + url + "]";
        }
    }

    /** A child process; argv without a shell; its environment is {@code environment} and a small fixed set, never ours. */
    record Stdio(
            String name,
            List<String> command,
            Map<String, String> environment,
            @Nullable Path directory) implements ServerSpec {
        public Stdio {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        /** Without arguments and environment, which may be secret. */
        @Override
        public String toString() {
            return "Stdio[" + name + ", " + command.get(0) + "]";
        }
    }
}
