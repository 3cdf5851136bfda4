package io.toolstream.mcp.stdio;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tool server on stdin and stdout whose tools' names say what it does: {@code exit:3}, {@code huge:5000000}. */
final class ChildMain {
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]+)\"");
    private static final Pattern TOOL = Pattern.compile("\"name\":\"([^\"]*)\"");
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);

    /** What is done about a method that it does not know: answer, exit, silence. */
    private static String unknown = "answer";

    private final List<String> held = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();

    private ChildMain() {}

    /** The command that runs this class. */
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildMain.class.getName());
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        ChildMain child = new ChildMain();
        unknown = args.length == 0 ? "answer" : args[0];
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            child.received(line);
        }
    }

    private void received(String line) throws IOException, InterruptedException {
        String id = first(ID, line);
        switch (first(METHOD, line)) {
            case "initialize" -> result(id, "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}}}");
            case "ping" -> result(id, "{}");
            case "notifications/cancelled" -> cancelled.add(line);
            case "notifications/initialized" -> {}
            case "tools/call" -> call(id, first(TOOL, line));
            default -> other(id);
        }
    }

    private static void other(String id) {
        if (unknown.equals("exit")) {
            System.exit(1);
        }
        if (!id.isEmpty() && unknown.equals("answer")) {
            OUT.print("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":-32601,\"message\":\"unknown\"}}\n");
            OUT.flush();
        }
    }

    private void call(String id, String tool) throws IOException, InterruptedException {
        int colon = tool.indexOf(':');
        String number = colon < 0 ? "0" : tool.substring(colon + 1);
        switch (colon < 0 ? tool : tool.substring(0, colon)) {
            case "exit" -> exit(Integer.parseInt(number));
            case "hang" -> stop();
            case "silent" -> {}
            case "late" -> held.add(id);
            case "release" -> release(id);
            case "hold" -> hold(id, tool, Integer.parseInt(number));
            case "garbage" -> garbage(id, Integer.parseInt(number));
            case "stderr" -> stderr(id, Integer.parseInt(number));
            case "huge" -> text(id, "x".repeat(Integer.parseInt(number)));
            case "hugeLast" -> idLast(id, "x".repeat(Integer.parseInt(number)));
            case "endless" -> endless();
            case "env" ->
                text(id, String.join(" ", new TreeSet<>(System.getenv().keySet())));
            case "cancelled" -> text(id, String.valueOf(cancelled.size()));
            case "pid" -> text(id, String.valueOf(ProcessHandle.current().pid()));
            case "asks" -> asks(id);
            default -> text(id, tool);
        }
    }

    private static void exit(int code) {
        System.err.println("about to exit, token hunter2");
        System.exit(code);
    }

    private static void stop() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private void release(String id) {
        held.forEach(each -> text(each, "late"));
        held.clear();
        text(id, "released");
    }

    /** Answers when so many are held: the last first. */
    private void hold(String id, String tool, int count) {
        held.add(id + " " + tool);
        if (held.size() == count) {
            for (int i = count - 1; i >= 0; i--) {
                String each = held.get(i);
                text(each.substring(0, each.indexOf(' ')), "held " + each.substring(0, each.indexOf(' ')));
            }
            held.clear();
        }
    }

    private static void garbage(String id, int lines) throws IOException {
        OUT.print("\n\r\n\uFEFF\nServer listening!\n{\"jsonrpc\":\"2.0\"\n[1,2\n\"\u0000\"\n");
        OUT.write(new byte[] {(byte) 0xFF, (byte) 0xFE, '\n'});
        for (int i = 0; i < lines; i++) {
            OUT.print("line " + i + "\n");
        }
        OUT.print("\uFEFF{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"content\":[]}}\r\n");
        OUT.flush();
    }

    private static void stderr(String id, int megabytes) {
        byte[] noise = "e".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < megabytes; i++) {
            System.err.write(noise, 0, noise.length);
        }
        System.err.flush();
        text(id, "drained");
    }

    private static void endless() {
        while (!OUT.checkError()) {
            OUT.print("x".repeat(1 << 20));
        }
    }

    private static void asks(String id) {
        OUT.print("{\"jsonrpc\":\"2.0\",\"id\":\"s-1\",\"method\":\"roots/list\"}\n");
        OUT.print("{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"ping\"}\n");
        text(id, "asked");
    }

    private static void text(String id, String text) {
        result(id, "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}");
    }

    private static void idLast(String id, String text) {
        OUT.print("{\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"" + text
                + "\"}]},\"jsonrpc\":\"2.0\",\"id\":" + id + "}\n");
        OUT.flush();
    }

    private static void result(String id, String result) {
        OUT.print("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}\n");
        OUT.flush();
    }

    private static String first(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? matcher.group(1) : "";
    }
}
