package io.toolstream.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a child process behaves apart from what it answers, from its command line: {@code --exit CODE} (at once, with a word
 * on stderr), {@code --stderr BYTES} (written at the start), {@code --stderr-closed}, {@code --offspring} (starts a process
 * that does not end by itself), {@code --heedless} (hears no cancellation), {@code --reads MESSAGES} (then leaves the rest in the pipe), {@code --deaf} (goes on living
 * after the end of stdin), {@code --stubborn} (after TERM as well, until it is killed).
 */
record ProcessManners(List<String> arguments) {
    private static final int CHUNK = 1 << 16;

    static ProcessManners of(List<String> arguments) {
        return new ProcessManners(List.copyOf(arguments));
    }

    /** At the start; may end the process. */
    void begin() throws IOException {
        int code = number("--exit");
        if (code >= 0) {
            System.err.println("there is no license for this server");
            System.exit(code);
        }
        flood(number("--stderr"));
        if (arguments.contains("--stderr-closed")) {
            System.err.close();
        }
        if (arguments.contains("--offspring")) {
            new ProcessBuilder("sleep", "300").start();
        }
        if (arguments.contains("--stubborn")) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> new Cancellation().awaitCancelled(), "stubborn"));
        }
    }

    private static void flood(int bytes) {
        byte[] noise = "e".repeat(CHUNK).getBytes(StandardCharsets.US_ASCII);
        for (int left = bytes; left > 0; left -= CHUNK) {
            System.err.write(noise, 0, Math.min(CHUNK, left));
        }
        System.err.flush();
    }

    boolean isHeedless() {
        return arguments.contains("--heedless");
    }

    /** How many messages are read. */
    int reads() {
        int reads = number("--reads");
        return reads < 0 ? Integer.MAX_VALUE : reads;
    }

    /** At the end of stdin. */
    void end() {
        if (arguments.contains("--deaf") || arguments.contains("--stubborn")) {
            new Cancellation().awaitCancelled();
        }
    }

    /** This process and all that it started. */
    static Answer pids() {
        return Answer.text(Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .map(each -> Long.toString(each.pid()))
                .collect(Collectors.joining(" ")));
    }

    /** Of an option with a number; -1 without it. */
    private int number(String option) {
        int at = arguments.indexOf(option);
        return at < 0 ? -1 : Integer.parseInt(arguments.get(at + 1));
    }
}
