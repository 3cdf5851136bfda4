package io.toolstream.bench.contender;

/** What the bench can measure, in the order of its table. */
public enum Contender {
    /** Two Kafka hops and nothing else: a bare poll loop that echoes records. */
    FLOOR,
    /** The stub tool server called directly through our MCP client, without Kafka. */
    STUB,
    /** The real line: client, topic, worker, stub, topic, client. */
    LINE,
    /** A poll loop, the official MCP Java SDK behind 50 threads, and a reply producer. */
    PEER
}
