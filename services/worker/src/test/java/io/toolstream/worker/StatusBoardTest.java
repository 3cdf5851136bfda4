package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.CatalogueEntry.AtWorker;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.CatalogueEntry.Transport;
import io.toolstream.wire.EndpointState;
import io.toolstream.worker.fixture.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StatusBoardTest {
    private final ManualClock clock = new ManualClock();
    private final List<AtWorker> published = new ArrayList<>();
    private final AtomicInteger retracted = new AtomicInteger();
    private List<ServerStatus> now = List.of(status("fs", "closed", 0));
    private final StatusBoard board =
            new StatusBoard(() -> now, published::add, retracted::incrementAndGet, "w-1", clock);

    @Test
    void look_publishesWhatIsNew_andNotThatNumbersHaveChanged() {
        board.look();
        now = List.of(status("fs", "closed", 7));
        clock.advance(StatusBoard.LOOK);
        board.look();

        assertThat(published).hasSize(1);
        assertThat(published.get(0).worker()).isEqualTo("w-1");
    }

    @Test
    void look_publishesWhatChanges() {
        board.look();
        now = List.of(status("fs", "open", 0), status("web", "closed", 0));
        board.look();

        assertThat(published).extracting(AtWorker::server).containsExactly("fs", "fs", "web");
    }

    @Test
    void look_renewsWhatStaysTheSame() {
        board.look();
        clock.advance(StatusBoard.RENEWAL.minus(Duration.ofMillis(1)));
        board.look();
        assertThat(published).hasSize(1);

        clock.advance(Duration.ofMillis(1));
        board.look();
        assertThat(published).hasSize(2);
    }

    @Test
    void close_takesItBack() {
        board.close();

        assertThat(retracted).hasValue(1);
    }

    private static ServerStatus status(String name, String breaker, long inUse) {
        EndpointState endpoint = new EndpointState(
                name,
                new EndpointState.Condition("healthy", "answered", 0, inUse),
                new EndpointState.Condition(breaker, null, 0, null),
                new EndpointState.Connections(inUse, 0, 0, 1, 0),
                inUse,
                null);
        return new ServerStatus(name, Transport.HTTP, new Condition(Health.HEALTHY, null), 1, inUse, List.of(endpoint));
    }
}
