package io.toolstream.mcp.stress;

import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawRequest;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A tool server on stdin and stdout that holds calls and answers them in random order. */
public final class ShufflingChild {
    private static final PrintStream OUT = new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16), false, StandardCharsets.UTF_8);

    private ShufflingChild() {}

    public static void main(String[] arguments) throws IOException {
        int batch = Integer.parseInt(arguments[0]);
        List<RawRequest> held = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            RawRequest request = new RawRequest("", Map.of(), line);
            if (request.rpc().equals("tools/call")) {
                held.add(request);
            } else if (request.id() >= 0) {
                OUT.println(other(request));
            }
            if (held.size() == batch) {
                Shuffle.in(held, random);
                held.forEach(each -> OUT.println(Http.result(each.id(), Servers.text(each))));
                held.clear();
            }
            OUT.flush();
        }
    }

    private static String other(RawRequest request) {
        String start = "{\"jsonrpc\":\"2.0\",\"id\":" + request.id();
        return switch (request.rpc()) {
            case "server/discover" ->
                start + ",\"result\":{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}}";
            default -> start + ",\"result\":{}}";
        };
    }
}
