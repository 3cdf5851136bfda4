package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.Delivery;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.ServerOptions;
import io.toolstream.testkit.StdioToolServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Real tool servers that fail in one way each, and can be made well again. */
interface FailingServers extends AutoCloseable {
    ServerEntry entry();

    void fail();

    void heal();

    @Override
    void close();

    /** Nobody listens on its port. */
    static FailingServers refused() {
        return new Refused();
    }

    /** Connections are reset. */
    static FailingServers reset() {
        return new Scripted("reset", Behaviour.delivered(Delivery.resetAt(0)));
    }

    /** It answers 500. */
    static FailingServers broken() {
        byte[] answer = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8);
        return new Scripted("broken", Behaviour.delivered(Delivery.garbage(answer)));
    }

    /** It takes requests and answers none. */
    static FailingServers hung() {
        return new Scripted("hung", Behaviour.never());
    }

    /** The process ends, and whenever it is started. */
    static FailingServers exited(Path directory) {
        return new Child(directory.resolve("down"));
    }

    /** Goes away and comes back on the same port. */
    final class Refused implements FailingServers {
        private ScriptedToolServer server = ScriptedToolServer.start();
        private final int port = server.port();

        @Override
        public ServerEntry entry() {
            return new ServerEntry.Http("refused", server.url(), Map.of());
        }

        @Override
        public void fail() {
            server.close();
        }

        @Override
        public void heal() {
            server = ScriptedToolServer.start(ServerOptions.defaults(), port);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** Answers everything wrongly. */
    final class Scripted implements FailingServers {
        private static final List<String> METHODS =
                List.of("tools/call", "tools/list", "ping", "initialize", "server/discover");

        private final String name;
        private final Behaviour failure;
        private final ScriptedToolServer server = ScriptedToolServer.start();

        Scripted(String name, Behaviour failure) {
            this.name = name;
            this.failure = failure;
        }

        @Override
        public ServerEntry entry() {
            return new ServerEntry.Http(name, server.url(), Map.of());
        }

        @Override
        public void fail() {
            METHODS.forEach(method -> server.scriptMethod(method, failure));
        }

        @Override
        public void heal() {
            METHODS.forEach(method -> server.scriptMethod(method, Behaviour.normal()));
            server.dropConnections(); // as a restart does
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** A child process that is killed, and cannot be started as long as a file is there. */
    final class Child implements FailingServers {
        private final Path isDown;

        Child(Path isDown) {
            this.isDown = isDown;
        }

        @Override
        public ServerEntry entry() {
            String start = "test -e \"$0\" && exit 3; exec \"$@\"";
            List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", start, isDown.toString()));
            command.addAll(StdioToolServer.command("--is", isDown.toString()));
            return new ServerEntry.Stdio("exited", command, Map.of(), null);
        }

        @Override
        public void fail() {
            try {
                Files.createFile(isDown);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            ProcessHandle.current()
                    .children()
                    .filter(child -> child.info().commandLine().orElse("").contains(isDown.toString()))
                    .forEach(ProcessHandle::destroyForcibly);
        }

        @Override
        public void heal() {
            try {
                Files.delete(isDown);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }
}
