package io.toolstream.mcp.json;

import io.toolstream.mcp.InputKind;
import io.toolstream.mcp.InputResponder;
import io.toolstream.mcp.JsonSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/**
 * What an {@code input_required} result, or a task of that status, asks for.
 *
 * @param requestState to be given back as it is; null if there is none
 */
public record InputsWanted(
        List<Question> questions, @Nullable String requestState) {
    public static final InputsWanted NONE = new InputsWanted(List.of(), null);

    private static final JsonFactory FACTORY = JsonCursor.factory(200);
    private static final int MOST = 100;

    public InputsWanted {
        questions = List.copyOf(questions);
    }

    /**
     * One of {@code inputRequests}.
     *
     * @param kind null if it is none that we know
     */
    public record Question(
            String key, @Nullable InputKind kind, @Nullable JsonSlice params) {
        /** Asked for only after {@link #canBeAnsweredBy}. */
        public InputKind knownKind() {
            if (kind == null) {
                throw new IllegalStateException("a question of no known kind");
            }
            return kind;
        }
    }

    /** The server asks for nothing but to be called again. */
    public boolean isForLater() {
        return questions.isEmpty() && requestState != null;
    }

    public boolean canBeAnsweredBy(InputResponder responder) {
        return !questions.isEmpty()
                && questions.stream()
                        .allMatch(question ->
                                question.kind() != null && responder.kinds().contains(question.kind()));
    }

    /** Empty at what is no JSON object. Never throws. */
    public static Optional<InputsWanted> read(JsonSlice result) {
        try (JsonCursor cursor = new JsonCursor(FACTORY, result.array(), result.offset(), result.length())) {
            cursor.next();
            return cursor.atObject() ? Optional.of(read(cursor)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static InputsWanted read(JsonCursor cursor) {
        List<Question> questions = new ArrayList<>();
        String state = null;
        for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
            if (name.equals("inputRequests") && cursor.atObject()) {
                questions(cursor, questions);
            } else if (name.equals("requestState")) {
                state = cursor.text();
            } else {
                cursor.skip();
            }
        }
        return new InputsWanted(questions, state);
    }

    private static void questions(JsonCursor cursor, List<Question> into) {
        for (String key = cursor.nextMember(); key != null; key = cursor.nextMember()) {
            Question question = question(key, cursor);
            if (into.size() < MOST) {
                into.add(question);
            }
        }
    }

    private static Question question(String key, JsonCursor cursor) {
        InputKind kind = null;
        JsonSlice params = null;
        if (!cursor.atObject()) {
            cursor.skip();
            return new Question(key, null, null);
        }
        for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
            if (name.equals("method")) {
                String method = cursor.text();
                kind = method == null ? null : InputKind.of(method).orElse(null);
            } else if (name.equals("params")) {
                params = cursor.slice();
            } else {
                cursor.skip();
            }
        }
        return new Question(key, kind, params);
    }
}
