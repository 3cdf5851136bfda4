package io.toolstream.bench.cache;

/**
 * The workload.
 *
 * @param calls measured, after a tenth as many to warm up with other keys
 * @param inFlight calls under way at any time
 * @param keys different calls; the k-th most frequent one has weight 1/k
 * @param payloadBytes of arguments and, about, of answers
 * @param seed of the choice of keys
 */
public record CacheBenchSettings(int calls, int inFlight, int keys, int payloadBytes, long seed) {
    public static final CacheBenchSettings DEFAULT = new CacheBenchSettings(50_000, 10, 1_000, 1_024, 42);

    public CacheBenchSettings {
        if (calls < 1 || inFlight < 1 || keys < 1 || payloadBytes < 64) {
            throw new IllegalArgumentException(
                    "calls, in flight and keys must be positive, a payload has 64 bytes or more");
        }
    }
}
