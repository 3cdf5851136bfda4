package io.toolstream.worker.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ObligationsTest {
    private final Obligations obligations = new Obligations();
    private final List<String> begun = new ArrayList<>();

    @Test
    void meet_beginsWhatIsLeft_inItsOrder_andOnce() {
        obligations.addLater(() -> begin("first"));
        obligations.addLater(() -> begin("second"));
        assertThat(begun).isEmpty();

        assertThat(obligations.meet()).isCompleted();
        assertThat(obligations.meet()).isCompleted();

        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void meet_waitsForWhatIsUnderWay_andForWhatItBegins() {
        CompletableFuture<Void> underWay = new CompletableFuture<>();
        CompletableFuture<Void> later = new CompletableFuture<>();
        obligations.add(underWay);
        obligations.addLater(() -> later);

        CompletableFuture<Void> met = obligations.meet();

        underWay.complete(null);
        assertThat(met).isNotDone();
        later.complete(null);
        assertThat(met).isCompleted();
    }

    @Test
    void meet_whereOneFails_fails() {
        obligations.addLater(() -> CompletableFuture.failedFuture(new IllegalStateException("closing")));

        assertThat(obligations.meet()).isCompletedExceptionally();
    }

    private CompletableFuture<Void> begin(String name) {
        begun.add(name);
        return CompletableFuture.completedFuture(null);
    }
}
