package io.toolstream.wire;

/** The hash by which Kafka's own producer chooses a partition for a key. */
@SuppressWarnings("DoNotCallSuggester") // the bodies are still to come
public final class Murmur2 {
    private Murmur2() {}

    /** The partition Kafka's Java producer chooses for this key. */
    public static int partition(byte[] key, int partitions) {
        throw new UnsupportedOperationException("not yet");
    }
}
