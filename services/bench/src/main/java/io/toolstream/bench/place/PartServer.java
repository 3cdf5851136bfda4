package io.toolstream.bench.place;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The main loop of a child: starts its part, answers questions about it, ends with its input. */
public final class PartServer {
    private PartServer() {}

    /**
     * Serves until the input ends. Blocks.
     *
     * @param settings one line as {@link PartProcess} writes it
     */
    public static void serve(PartStarter starter, String settings) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        try (Part part = starter.start(Lines.values(settings))) {
            answers.println(Lines.of(Lines.READY, part.facts()));
            answerQuestions(part, answers);
        } catch (Exception e) {
            answers.println(Lines.of(Lines.FAILED, Map.of("why", e.toString().replaceAll("\\s+", " "))));
            throw new IllegalStateException("part ended", e);
        }
    }

    private static void answerQuestions(Part part, PrintStream answers) throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            answers.println(Lines.of(line, answer(line, part)));
        }
    }

    private static Map<String, String> answer(String question, Part part) {
        if (question.equals(Lines.FACTS)) {
            return part.facts();
        }
        if (question.equals(Lines.COLLECTED)) {
            System.gc();
        }
        return ProcessFigures.ofThisProcess().toMap();
    }
}
