package io.toolstream.mcp.protocol;

import io.toolstream.mcp.InputRequest;
import io.toolstream.mcp.InputResponder;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.json.InputsWanted;
import io.toolstream.mcp.json.JsonBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Has the questions of one {@code input_required} result answered, all at once. */
final class InputAnswers {
    private InputAnswers() {}

    /** {@code inputResponses}, under the keys of the questions; fails with an {@link McpException}. */
    static CompletableFuture<JsonSlice> of(String server, InputResponder responder, InputsWanted wanted) {
        List<CompletableFuture<JsonSlice>> answers = new ArrayList<>();
        for (InputsWanted.Question question : wanted.questions()) {
            answers.add(responder.answer(new InputRequest(server, question.knownKind(), question.params())));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .handle((nothing, failure) -> {
                    if (failure != null) {
                        throw new McpException(
                                Kind.PROTOCOL,
                                Delivery.ANSWERED,
                                "what the server asked for was not answered",
                                failure);
                    }
                    return joined(wanted.questions(), answers);
                });
    }

    private static JsonSlice joined(List<InputsWanted.Question> questions, List<CompletableFuture<JsonSlice>> answers) {
        JsonBuffer out = new JsonBuffer(256).raw("{");
        for (int i = 0; i < questions.size(); i++) {
            out.raw(i == 0 ? "" : ",")
                    .text(questions.get(i).key())
                    .raw(":")
                    .value(answers.get(i).join());
        }
        return JsonSlice.of(out.raw("}").toBytes());
    }
}
