package io.toolstream.client;

import io.toolstream.wire.InboundRecord;
import java.time.Instant;
import java.util.function.Predicate;

/** What still stands in the reply topic. */
@FunctionalInterface
interface ReplyArchive {
    /**
     * Hands over what was written since then, all partitions, until the end or until the handler says false. Blocks;
     * throws where the topic cannot be read.
     */
    void read(Instant since, Predicate<InboundRecord> handler);
}
