package io.toolstream.bench.mcp;

import io.toolstream.bench.stub.InstantStub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long a process takes from its {@code main} to the first answer of a tool server over HTTP: client made, era found,
 * session begun, tool called. With a class-data archive and without, in turn, each time a new JVM.
 */
public final class McpStart {
    private static final List<String> OPTIONS = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final String url;
    private final Path archive;

    private McpStart(String url, Path archive) {
        this.url = url;
        this.archive = archive;
    }

    /** Measures and prints. Blocks until the run is over. Needs a class path of jars, as a build's distribution has. */
    public static int run(int rounds, PrintStream out) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("toolstream-start-");
        Path archive = folder.resolve("classes.jsa");
        try (InstantStub stub = InstantStub.start(1)) {
            McpStart start = new McpStart(stub.urls().get(0).toString(), archive);
            start.first("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable");
            start.measure(rounds, out);
            return 0;
        } finally {
            Files.deleteIfExists(archive);
            Files.deleteIfExists(folder);
        }
    }

    private void measure(int rounds, PrintStream out) throws IOException, InterruptedException {
        List<Double> archived = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        List<Double> nio = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            archived.add(first("-XX:SharedArchiveFile=" + archive, "-Xshare:auto"));
            plain.add(first("-Xshare:auto"));
            nio.add(first("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Dio.netty.transport.noNative=true"));
        }
        out.printf("Java %s, from main to the first answer over HTTP, %d runs%n", version(), rounds);
        print(out, "with a class-data archive", archived);
        print(out, "without", plain);
        print(out, "with, over Java's sockets", nio);
    }

    private static void print(PrintStream out, String title, List<Double> millis) {
        double[] sorted =
                millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        out.printf(
                Locale.ROOT,
                "%-26s median %.0f ms (%.0f to %.0f)%n",
                title,
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }

    private static String version() {
        return System.getProperty("java.version");
    }

    private double first(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of(options));
        command.addAll(List.of(FirstCallMain.class.getName(), url));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        try (BufferedReader answer = process.inputReader(StandardCharsets.UTF_8)) {
            String millis = answer.readLine();
            if (process.waitFor() != 0 || millis == null) {
                throw new IllegalStateException("a run of " + FirstCallMain.class.getName() + " failed");
            }
            return Double.parseDouble(millis);
        }
    }
}
