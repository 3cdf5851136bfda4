package io.toolstream.bench.contender;

import io.toolstream.bench.place.Part;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Far side of the floor: sends every record back as it came, from the poll thread itself. */
public final class EchoPart implements Part {
    private final Route route;
    private final Producer<byte[], byte[]> replies;
    private final PollLoop loop;

    private EchoPart(Route route) {
        this.route = route;
        BareKafka kafka = new BareKafka(route);
        this.replies = kafka.producer();
        this.replies.partitionsFor(route.replies());
        this.loop = PollLoop.subscribed(kafka.member(), route.calls(), this::echo);
    }

    public static EchoPart start(Map<String, String> settings) {
        return new EchoPart(Route.of(settings));
    }

    /** Echoes headers too, as a reply carries them. A send that fails shows as a lost call. */
    private void echo(ConsumerRecord<byte[], byte[]> call) {
        int partition = (int) BareHeaders.number(call.headers(), BareHeaders.REPLY_PARTITION);
        List<Header> headers = List.of(call.headers().toArray());
        var unused =
                replies.send(new ProducerRecord<>(route.replies(), partition, null, call.key(), call.value(), headers));
    }

    @Override
    public Map<String, String> facts() {
        return Map.of();
    }

    @Override
    public void close() {
        loop.close();
        replies.close();
    }
}
