package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.Call;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.DecodedRecord;
import io.toolstream.wire.Header;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Murmur2;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TopicNames;
import io.toolstream.wire.WireLimits;
import io.toolstream.worker.fixture.FakePublisher;
import io.toolstream.worker.fixture.FakePublisher.Sent;
import io.toolstream.worker.fixture.Records;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MoverTest {
    private static final int PARTITIONS = 16;
    private static final String CALL = "{\"server\":\"fs\",\"tool\":\"write\",\"timeoutMs\":5000}";

    private final FakePublisher broker = new FakePublisher();
    private final Mover mover = new Mover(broker, TopicNames.DEFAULT, PARTITIONS);

    @Test
    void misplaced_withoutAKey_stays() {
        assertThat(misplaced(Records.of(CALL))).isEmpty();
    }

    @Test
    void misplaced_onThePartitionOfItsKey_stays() {
        assertThat(misplaced(Records.of(CALL, key(keyOf(3))))).isEmpty();
    }

    @Test
    void misplaced_orderingKey_goesBeforeIdempotencyKey() {
        InboundRecord record = Records.of(CALL, Records.header("ordering-key", keyOf(3)), key(keyOf(4)));

        assertThat(misplaced(record)).isEmpty();
    }

    @Test
    void misplaced_severalCalls_stay() {
        assertThat(misplaced(Records.of(
                        "{\"calls\":[{\"server\":\"fs\",\"tool\":\"t\",\"orderingKey\":\"" + keyOf(4) + "\"}]}")))
                .isEmpty();
    }

    @Test
    void move_keepsTheCallWhatItIs() {
        InboundRecord record = Records.of(CALL, key(keyOf(7)));
        Call call = misplaced(record).orElseThrow();

        assertThat(mover.move(record, call)).isCompleted();

        Sent sent = broker.sentTo("toolstream.calls").get(0);
        assertThat(sent.partition()).isEqualTo(7);
        assertThat(sent.record().value()).isEqualTo(record.value());
        assertThat(sent.record().key()).isEqualTo(record.key());
        InboundRecord later = new InboundRecord(
                new RecordPosition("toolstream.calls", 7, 99),
                record.timestampMillis() + 3_000,
                sent.record().key(),
                requireNonNull(sent.record().value()),
                sent.record().headers());
        Call moved = ((DecodedCall.WellFormed) decode(later).calls().get(0)).call();
        assertThat(moved).isEqualTo(call);
        assertThat(misplaced(later)).as("once").isEmpty();
    }

    @Test
    void misplaced_movedBefore_staysWhereverItIs() {
        InboundRecord record = Records.of(CALL, key(keyOf(7)), Records.header("toolstream-moved", "an-id"));

        assertThat(misplaced(record)).isEmpty();
    }

    private Optional<Call> misplaced(InboundRecord record) {
        return mover.misplaced(record, decode(record));
    }

    private static DecodedRecord decode(InboundRecord record) {
        return new CallDecoder(WireLimits.DEFAULT).decode(record);
    }

    private static Header key(String key) {
        return Records.header("idempotency-key", key);
    }

    /** A key of this partition. */
    private static String keyOf(int partition) {
        int i = 0;
        while (Murmur2.partition(("key-" + i).getBytes(UTF_8), PARTITIONS) != partition) {
            i++;
        }
        return "key-" + i;
    }
}
