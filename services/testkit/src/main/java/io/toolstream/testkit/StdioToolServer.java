package io.toolstream.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.testkit.json.Json;
import io.toolstream.testkit.json.JsonException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The scripted tool server as a child process: messages are lines on stdin and stdout, answers leave in whatever order
 * they are ready, the end of stdin ends the process.
 *
 * <p>Arguments: {@code --script TOOL=BEHAVIOUR[,BEHAVIOUR…]} (see {@link BehaviourText}), {@code --method
 * METHOD=BEHAVIOUR[,…]}, {@code --page-size N}, {@code --protocol VERSION}, {@code --journal FILE}, and those of {@link
 * ProcessManners}, which are about the process. The tool {@code pids} names the process and all it started.
 */
public final class StdioToolServer {
    private final Counters counters = new Counters();
    private final Scripts scripts = new Scripts();
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final RpcServer rpc;

    private StdioToolServer(ServerOptions options) {
        Tools tools = new Tools(options.pageSize());
        tools.put(ScriptedTool.reading("pids", "{\"type\":\"object\"}", (arguments, wanted) -> ProcessManners.pids()));
        this.rpc = new RpcServer(tools, scripts, counters, options, () -> false);
    }

    /** The command line that starts one, with the JDK and the classes of this process. */
    public static List<String> command(String... arguments) {
        return JavaCommand.of(StdioToolServer.class, arguments);
    }

    public static void main(String... arguments) throws IOException {
        ServerOptions options = ServerOptions.defaults();
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--page-size" -> options = options.withPageSize(Integer.parseInt(arguments[++i]));
                case "--journal" -> options = options.withJournal(Path.of(arguments[++i]));
                case "--protocol" -> options = options.withProtocolVersion(arguments[++i]);
                default -> rest.add(arguments[i]);
            }
        }
        ProcessManners manners = ProcessManners.of(rest);
        manners.begin();
        StdioToolServer server = new StdioToolServer(options);
        server.script(rest);
        server.serve(manners);
        manners.end();
        // Calls may still be waiting for what never comes.
        System.exit(0);
    }

    private void script(List<String> arguments) {
        for (int i = 0; i + 1 < arguments.size(); i++) {
            String[] parts = arguments.get(i + 1).split("=", 2);
            switch (arguments.get(i)) {
                case "--script" -> scripts.tool(parts[0], behaviours(parts[1]));
                case "--method" -> scripts.method(parts[0], behaviours(parts[1]));
                default -> {}
            }
        }
    }

    private static List<Behaviour> behaviours(String text) {
        return Arrays.stream(text.split(",", -1)).map(BehaviourText::parse).toList();
    }

    /** Until the end of stdin, or until so many messages were read: what comes then is left in the pipe. */
    private void serve(ProcessManners manners) throws IOException {
        int read = 0;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                counters.add(Counted.MESSAGES);
                take(line, manners.isHeedless());
                if (++read == manners.reads()) {
                    new Cancellation().awaitCancelled();
                }
            }
        }
    }

    private void take(String line, boolean isHeedless) throws IOException {
        Json message;
        try {
            message = Json.parse(line);
        } catch (JsonException e) {
            write("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"Parse error\"}}");
            return;
        }
        if (message.text("method").isEmpty()) {
            rpc.answered(message);
        } else if (message.member("id").isEmpty()) {
            if (!isHeedless) {
                rpc.notice("", message);
            }
        } else {
            RpcRequest request = RpcRequest.of("", message, Map.of());
            Cancellation cancellation = rpc.accept(request);
            Thread thread = new Thread(() -> answer(request, cancellation), "call");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void answer(RpcRequest request, Cancellation cancellation) {
        RpcAnswer answer = rpc.answer(request, cancellation);
        if (answer.isNone()) {
            return;
        }
        try {
            for (int i = 0; i < (answer.behaviour().idEcho() == IdEcho.TWICE ? 2 : 1); i++) {
                send(answer);
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private void send(RpcAnswer answer) throws IOException {
        synchronized (out) {
            for (String before : answer.behaviour().before()) {
                write(before);
            }
            byte[] line = (answer.message() + "\n").getBytes(UTF_8);
            answer.behaviour().delivery().send(List.of(line), Duration.ZERO, new Pipe(out));
        }
    }

    private void write(String message) throws IOException {
        synchronized (out) {
            out.write((message + "\n").getBytes(UTF_8));
        }
    }

    /** Standard output, whose breaking is the end of the process. */
    private record Pipe(OutputStream out) implements Wire {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        /** Whoever else wants to write waits behind it. */
        @Override
        public void hang() {
            new Cancellation().awaitCancelled();
        }

        @Override
        public void close() {
            Runtime.getRuntime().halt(0);
        }

        @Override
        public void reset() {
            Runtime.getRuntime().halt(1);
        }
    }
}
