package io.toolstream.worker.invoke;

import io.toolstream.wire.RecordPosition;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Is told of a reply that is sent. Any thread; must neither block nor throw. */
@FunctionalInterface
public interface SendWatch {
    SendWatch NONE = topic -> (position, failure) -> {};

    /** It goes to this topic now; what is returned is told, once, what became of it. */
    BiConsumer<@Nullable RecordPosition, @Nullable Throwable> sending(String topic);
}
