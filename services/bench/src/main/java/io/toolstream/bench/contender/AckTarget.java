package io.toolstream.bench.contender;

import io.toolstream.bench.load.Target;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.KafkaPublisher;
import io.toolstream.wire.EffectCodec;
import io.toolstream.wire.EffectEntry.Claimed;
import io.toolstream.wire.EffectEntry.Source;
import java.util.concurrent.CompletionStage;

/** A claim as the ledger writes it, and nothing more: its answer is the broker's acknowledgement. */
public final class AckTarget implements Target {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final EffectCodec codec = new EffectCodec();
    private final Route route;
    private final int partitions;
    private final KafkaPublisher publisher;

    public AckTarget(Route route, int partitions) {
        this.route = route;
        this.partitions = partitions;
        this.publisher = KafkaPublisher.latency(
                new KafkaConnection(route.bootstrapServers(), "bench-ack", route.clientProperties()));
    }

    @Override
    public CompletionStage<?> call(long number) {
        Source source = new Source(number, System.currentTimeMillis(), false);
        Claimed claim = new Claimed("#0/-/-/id/" + number, "bench-" + number, DIGEST, source, null);
        return publisher.publish(route.calls(), (int) (number % partitions), codec.encode(claim));
    }

    @Override
    public void close() {
        publisher.close();
    }
}
