package io.toolstream.worker.parking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class InTurnTest {
    private final InTurn turns = new InTurn();
    private final List<String> begun = new ArrayList<>();

    private CompletableFuture<String> run(CompletableFuture<String> input) {
        return turns.run(input, name -> {
            begun.add(name);
            return CompletableFuture.completedFuture(name);
        });
    }

    @Test
    void run_inputThatIsLate_holdsUpThoseBehindIt() {
        CompletableFuture<String> late = new CompletableFuture<>();
        CompletableFuture<String> first = run(late);
        CompletableFuture<String> second = run(CompletableFuture.completedFuture("second"));
        CompletableFuture<String> third = run(CompletableFuture.completedFuture("third"));
        assertThat(begun).isEmpty();

        late.complete("first");

        assertThat(begun).containsExactly("first", "second", "third");
        assertThat(List.of(first, second, third)).allMatch(CompletableFuture::isDone);
    }

    @Test
    void run_inputThatFails_holdsUpNobody() {
        CompletableFuture<String> first = run(CompletableFuture.failedFuture(new IllegalStateException("gone")));
        CompletableFuture<String> second = run(CompletableFuture.completedFuture("second"));

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedWithValue("second");
    }

    @Test
    void run_stepThatIsStillUnderWay_doesNotHoldUpTheNext() {
        CompletableFuture<String> under =
                turns.run(CompletableFuture.completedFuture("a"), name -> new CompletableFuture<>());
        var unused = run(CompletableFuture.completedFuture("b"));

        assertThat(under).isNotDone();
        assertThat(begun).containsExactly("b");
    }
}
