package io.toolstream.bench.contender;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** What the bench can measure, in the order of its table. */
public enum Contender {
    /** Two Kafka hops and nothing else: a bare poll loop that echoes records. */
    FLOOR,
    /** The stub tool server called directly through our MCP client, without Kafka. */
    STUB,
    /** The real line: client, topic, worker, stub, topic, client. */
    LINE,
    /** A poll loop, the official MCP Java SDK behind 50 threads, and a reply producer. */
    PEER,
    /** One record produced and acknowledged, by the producer that the ledger's claims go through. */
    ACK,
    /** The line, calling the same tool as one that runs once: each call wins a claim before it is dispatched. */
    LINE_ONCE,
    /** The line, its calls spread over all partitions by an idempotency key each, which a reading tool ignores. */
    LINE_KEYED,
    /** The same with an ordering key each. */
    LINE_ORDERED,
    /** The line, its calls in records of up to 100: for many in flight, 1,000 or more. */
    LINE_BATCH,
    /** The line with a worker of its own that measures nothing. */
    LINE_UNMETERED,
    /** The line with a worker of its own that tells nobody of what happened. */
    LINE_EVENTLESS;

    /** Those measured unless others are asked for; the rest tells what single features cost. */
    public static Set<Contender> usual() {
        return Set.of(FLOOR, STUB, LINE, PEER);
    }

    /** For how long nobody else may have called before it is measured: the worker serves those who wait before those who do not. */
    public Duration rest() {
        return this == LINE_BATCH ? Duration.ofSeconds(10) : Duration.ZERO;
    }

    /** As it is named on the command line and in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
