package io.toolstream.worker.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.wire.BreakerCodec;
import io.toolstream.wire.BreakerEntry;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.worker.fixture.FakePublisher;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.invoke.EndpointId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two workers and the topic between them. */
final class BreakerBoardTest {
    private static final String TOPIC = "toolstream.breakers";
    private static final EndpointId FS = new EndpointId("fs", "fs#1");

    private final ManualClock clock = new ManualClock();
    private final FakePublisher broker = new FakePublisher();
    private final BreakerBoard ours = new BreakerBoard(broker, TOPIC, "ours", clock);
    private final List<String> suspicions = new ArrayList<>();
    private final ForeignBreakers theirs = new ForeignBreakers(
            new BreakerBoard(broker, TOPIC, "theirs", clock),
            clock,
            (endpoint, reason) -> suspicions.add(endpoint + ": " + reason));

    @Test
    void changed_open_isToldOnceAndAgainLater_andTakenBack() {
        go(BreakerState.OPEN);
        go(BreakerState.HALF_OPEN);
        go(BreakerState.OPEN);
        ours.flush();
        ours.flush();
        assertThat(entries()).hasSize(1);

        clock.advance(Duration.ofSeconds(30));
        ours.flush();
        assertThat(entries()).hasSize(2).allMatch(entry -> entry.opened() != null);

        go(BreakerState.CLOSED);
        ours.flush();
        clock.advance(Duration.ofHours(1));
        ours.flush();
        assertThat(entries()).hasSize(3);
        assertThat(entries().get(2).opened()).isNull();
    }

    @Test
    void changed_flapping_writesOneRecordEachTime() {
        for (int i = 0; i < 1_000; i++) {
            go(BreakerState.OPEN);
            go(BreakerState.CLOSED);
        }
        ours.flush();

        assertThat(entries()).hasSize(1);
    }

    @Test
    void flush_refusedByTheBroker_isWrittenAgain() {
        broker.refuse(TOPIC, Kind.DESTINATION);
        go(BreakerState.OPEN);
        ours.flush();
        assertThat(entries()).isEmpty();
        ours.flush();
        assertThat(entries()).hasSize(1);
    }

    @Test
    void retract_takesBackWhatIsOpen() {
        go(BreakerState.OPEN);
        ours.flush();
        ours.retract();

        assertThat(entries()).hasSize(2);
        assertThat(entries().get(1).opened()).isNull();
    }

    @Test
    void accept_openElsewhere_isASuspicion() {
        go(BreakerState.OPEN);
        ours.flush();
        theirs.accept(records().get(0));

        assertThat(suspicions).containsExactly("fs#1: the breaker of worker ours is open");
    }

    @Test
    void accept_saidLongAgo_isPassedOver() {
        go(BreakerState.OPEN);
        ours.flush();
        clock.advance(Duration.ofSeconds(91));
        theirs.accept(records().get(0));

        assertThat(suspicions).isEmpty();
    }

    @Test
    void accept_fromAnEarlierLifeOfOurs_isTakenBack() {
        go(BreakerState.OPEN);
        ours.flush();
        BreakerBoard next = new BreakerBoard(broker, TOPIC, "ours", clock);
        new ForeignBreakers(next, clock, (endpoint, reason) -> suspicions.add(reason))
                .accept(records().get(0));
        next.flush();

        assertThat(suspicions).isEmpty();
        assertThat(entries()).hasSize(2);
        assertThat(entries().get(1).opened()).isNull();
    }

    private void go(BreakerState to) {
        ours.changed(new BreakerChange(FS, BreakerState.CLOSED, to, "as told"));
    }

    private List<InboundRecord> records() {
        return broker.sentTo(TOPIC).stream()
                .map(sent -> new InboundRecord(
                        new RecordPosition(TOPIC, 0, 1),
                        Records.SENT_MILLIS,
                        sent.record().key(),
                        sent.record().value(),
                        Headers.NONE))
                .toList();
    }

    private List<BreakerEntry> entries() {
        BreakerCodec codec = new BreakerCodec();
        return records().stream()
                .map(record -> ((Decoded.WellFormed<BreakerEntry>) codec.decode(record)).value())
                .toList();
    }
}
