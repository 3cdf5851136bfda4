package io.toolstream.bench.place;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A part in a JVM of its own, of this JVM's class path. Ends with this object, and with this JVM. */
public final class PartProcess implements PlacedPart {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration END = Duration.ofSeconds(10);
    private static final String ENDED = "ended";

    private final String name;
    private final Process process;
    private final PrintWriter questions;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final LoggedLines logged = new LoggedLines();
    private final Thread lastResort;

    private PartProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.lastResort = new Thread(process::destroyForcibly, "end-" + name);
    }

    /**
     * Starts a child and waits until its part can be used.
     *
     * @param main takes {@code name} and the settings as its arguments and gives them to {@link PartServer}
     */
    public static PartProcess start(Class<?> main, String name, List<String> jvmOptions, Map<String, String> settings)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(main, name, jvmOptions, settings));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        PartProcess child = new PartProcess(name, builder.start());
        Runtime.getRuntime().addShutdownHook(child.lastResort);
        child.listen();
        child.logged.read(child.process.errorReader(StandardCharsets.UTF_8), name);
        try {
            child.expect(Lines.READY, START);
        } catch (IllegalStateException | InterruptedException e) {
            child.close();
            throw e;
        }
        return child;
    }

    @Override
    public Map<String, String> facts() {
        return ask(Lines.FACTS);
    }

    @Override
    public ProcessFigures figures() {
        return ProcessFigures.of(ask(Lines.FIGURES));
    }

    @Override
    public ProcessFigures figuresAfterCollection() {
        return ProcessFigures.of(ask(Lines.COLLECTED));
    }

    @Override
    public int mostLinesInASecond() {
        return logged.mostInASecond();
    }

    /** Closes the child's input, which ends it; by force if that takes too long. */
    @Override
    public void close() {
        questions.close();
        try {
            if (!process.waitFor(END.toNanos(), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        forgetLastResort();
    }

    private Map<String, String> ask(String question) {
        questions.println(question);
        try {
            return expect(question, ANSWER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + name, e);
        }
    }

    private Map<String, String> expect(String word, Duration patience) throws InterruptedException {
        String line = answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (line == null) {
            throw new IllegalStateException(name + " did not say '" + word + "' within " + patience.toSeconds() + " s");
        }
        if (!Lines.word(line).equals(word)) {
            throw new IllegalStateException(name + " was to say '" + word + "', said '" + line + "'");
        }
        return Lines.values(line);
    }

    private void listen() {
        Thread listener = new Thread(this::readAnswers, "listen-" + name);
        listener.setDaemon(true);
        listener.start();
    }

    private void readAnswers() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            answers.add(ENDED + ": " + e.getMessage());
        }
        answers.add(ENDED);
    }

    private void forgetLastResort() {
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs, on a process that has ended.
        }
    }

    private static List<String> command(
            Class<?> main, String name, List<String> jvmOptions, Map<String, String> settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add(main.getName());
        command.add(name);
        command.add(Lines.of(name, settings));
        return command;
    }
}
