package io.toolstream.mcp.protocol;

import io.toolstream.mcp.InputKind;
import io.toolstream.mcp.InputRequest;
import io.toolstream.mcp.InputResponder;
import io.toolstream.mcp.JsonSlice;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Says the same to every question, and remembers them. */
final class FixedResponder implements InputResponder {
    private final CompletableFuture<JsonSlice> answer;
    private final List<InputRequest> asked = new CopyOnWriteArrayList<>();

    FixedResponder(CompletableFuture<JsonSlice> answer) {
        this.answer = answer;
    }

    static FixedResponder saying(String json) {
        return new FixedResponder(CompletableFuture.completedFuture(JsonSlice.ofText(json)));
    }

    List<InputRequest> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Set<InputKind> kinds() {
        return Set.of(InputKind.ELICITATION);
    }

    @Override
    public CompletableFuture<JsonSlice> answer(InputRequest request) {
        asked.add(request);
        return answer;
    }
}
