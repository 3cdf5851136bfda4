package io.toolstream.worker.catalogue;

import io.toolstream.wire.InboundRecord;
import java.util.function.Consumer;

/** Reads everything that stands on a topic, in order, on the calling thread, which it blocks. */
@FunctionalInterface
public interface StandingRecords {
    void readAll(Consumer<InboundRecord> onCallingThread);
}
