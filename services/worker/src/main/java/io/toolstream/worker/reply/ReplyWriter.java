package io.toolstream.worker.reply;

import io.toolstream.kafka.PublishException;
import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.kafka.Publisher;
import io.toolstream.wire.BatchReply;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.ReplyRoute;
import io.toolstream.wire.Timings;
import io.toolstream.worker.invoke.SendWatch;
import io.toolstream.worker.invoke.Tool;
import io.toolstream.worker.reply.Routing.Permitted;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes and publishes replies. Any thread. Stages complete once the broker has acknowledged the reply or refused it for
 * good, exceptionally only if the worker's own client is broken.
 */
final class ReplyWriter {
    private static final Logger log = LoggerFactory.getLogger(ReplyWriter.class);

    private final ReplyComposer composer;
    private final ReplyCodec codec;
    private final ReplyPublishers publishers;

    ReplyWriter(ReplyComposer composer, ReplyCodec codec, ReplyPublishers publishers) {
        this.composer = composer;
        this.codec = codec;
        this.publishers = publishers;
    }

    CompletableFuture<Delivery> write(Conclusion conclusion) {
        Caller caller = conclusion.caller();
        return write(
                conclusion.routing(),
                publishers.of(caller.priority()),
                () -> codec.encode(composer.reply(conclusion), caller.route()),
                conclusion.course().sending());
    }

    /** A reply that is not final, tried once. Completes when the producer is done with it. */
    CompletableFuture<?> write(Caller caller, Tool tool, Timings timings, RawJson meta, Destination destination) {
        OutboundRecord update = codec.encode(composer.update(caller, tool, timings, meta), caller.route());
        return publishers.of(caller.priority()).once().publish(destination.topic(), destination.partition(), update);
    }

    /** A closing reply is small: where it is too large for its topic, what it echoes is, and that is left out. */
    CompletableFuture<Delivery> write(BatchReply closing, ReplyRoute route, Routing routing) {
        return write(routing, publishers.prompt(), () -> codec.encode(closing, route), SendWatch.NONE)
                .thenCompose(delivery -> delivery instanceof Delivery.Undeliverable lost && lost.isTooLarge()
                        ? write(routing, publishers.prompt(), () -> codec.encode(closing, route.lean()), SendWatch.NONE)
                        : CompletableFuture.completedFuture(delivery));
    }

    private CompletableFuture<Delivery> write(
            Routing routing, Publisher publisher, Supplier<OutboundRecord> encoder, SendWatch watch) {
        if (!(routing instanceof Permitted permitted)) {
            return CompletableFuture.completedFuture(new Delivery.Nowhere());
        }
        try {
            return publish(publisher, permitted.destination(), encoder.get(), watch);
        } catch (RuntimeException e) {
            log.error("a reply could not be encoded: a bug", e);
            return CompletableFuture.completedFuture(
                    new Delivery.Undeliverable("the reply could not be encoded, see the worker's log", false));
        }
    }

    private CompletableFuture<Delivery> publish(
            Publisher publisher, Destination destination, OutboundRecord reply, SendWatch watch) {
        BiConsumer<@Nullable RecordPosition, @Nullable Throwable> sent = watch.sending(destination.topic());
        return publisher
                .publish(destination.topic(), destination.partition(), reply)
                .whenComplete(sent)
                .handle((position, failure) -> failure == null
                        ? new Delivery.Delivered()
                        : undeliverable(Persistence.publishException(failure)));
    }

    private static Delivery undeliverable(PublishException failure) {
        if (failure.kind() == Kind.FATAL) {
            throw failure;
        }
        return new Delivery.Undeliverable(
                "the reply could not be written: " + failure.getMessage(), failure.kind() == Kind.TOO_LARGE);
    }
}
