package io.toolstream.wire;

/** The hash by which Kafka's own producer chooses a partition for a key: 32-bit MurmurHash2 with Kafka's seed. */
public final class Murmur2 {
    private static final int SEED = 0x9747b28c;
    private static final int M = 0x5bd1e995;
    private static final int R = 24;

    private Murmur2() {}

    /** The partition Kafka's Java producer chooses for this key. */
    public static int partition(byte[] key, int partitions) {
        return (hash(key) & Integer.MAX_VALUE) % partitions;
    }

    static int hash(byte[] data) {
        int hash = SEED ^ data.length;
        int whole = data.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            hash = (hash * M) ^ mixed(littleEndian(data, i));
        }
        if (whole < data.length) {
            hash = (hash ^ rest(data, whole)) * M;
        }
        hash = (hash ^ (hash >>> 13)) * M;
        return hash ^ (hash >>> 15);
    }

    private static int mixed(int word) {
        int product = word * M;
        return (product ^ (product >>> R)) * M;
    }

    private static int littleEndian(byte[] data, int i) {
        return (data[i] & 0xFF) | ((data[i + 1] & 0xFF) << 8) | ((data[i + 2] & 0xFF) << 16) | (data[i + 3] << 24);
    }

    /** The last one to three bytes, little-endian. */
    private static int rest(byte[] data, int from) {
        int rest = 0;
        for (int i = data.length - 1; i >= from; i--) {
            rest = (rest << 8) | (data[i] & 0xFF);
        }
        return rest;
    }
}
