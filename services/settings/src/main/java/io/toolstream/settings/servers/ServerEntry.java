package io.toolstream.settings.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One tool server of the operator's file, expanded and checked. */
public sealed interface ServerEntry {
    String name();

    /** Whether it is on this machine or in the private network, as far as its address tells without asking DNS. */
    boolean isNear();

    /** A Streamable HTTP endpoint. */
    record Http(String name, URI url, Map<String, String> headers) implements ServerEntry {
        public Http {
            headers = Map.copyOf(headers);
        }

        @Override
        public boolean isNear() {
            return NearHosts.contains(url.getHost());
        }

        /** Without header values, which may be secret. */
        @Override
        public String toString() {
            return "Http[" + name + ", " + url.getHost() + "]";
        }
    }

    /** A child process; argv without a shell. */
    record Stdio(
            String name,
            List<String> command,
            Map<String, String> environment,
            @Nullable Path directory) implements ServerEntry {
        public Stdio {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        @Override
        public boolean isNear() {
            return true;
        }

        /** Without arguments and environment, which may be secret. */
        @Override
        public String toString() {
            return "Stdio[" + name + ", " + command.get(0) + "]";
        }
    }

    /** A server of a kind that is well described but cannot be used yet: always unhealthy, for this reason. */
    record Unsupported(String name, String reason) implements ServerEntry {
        @Override
        public boolean isNear() {
            return false;
        }
    }
}
