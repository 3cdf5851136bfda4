package io.toolstream.bench.cache;

import io.toolstream.bench.load.Target;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Calls of a workload on one tool, and where their answers came from. */
final class CacheTarget implements Target {
    private static final long MOST_NANOS = 60_000_000_000L;

    private final ToolClient client;
    private final Zipf zipf;
    private final String pad;
    private final Map<String, Histogram> nanosByTier = new TreeMap<>();

    /** {@code name} makes the calls different from those of other targets. */
    CacheTarget(ToolClient client, Zipf zipf, String name, int payloadBytes) {
        this.client = client;
        this.zipf = zipf;
        this.pad = name + "x".repeat(Math.max(0, payloadBytes - name.length() - 40));
        for (String tier : new String[] {"l1", "l2", "coalesced", "none"}) {
            nanosByTier.put(tier, new ConcurrentHistogram(MOST_NANOS, 3));
        }
    }

    @Override
    public CompletionStage<?> call(long number) {
        int key = zipf.next();
        long beganNanos = System.nanoTime();
        RawJson arguments = RawJson.ofText("{\"number\":" + key + ",\"pad\":\"" + pad + "\"}");
        return client.call(ToolCall.of(CacheSite.SERVER, "echo").arguments(arguments))
                .thenAccept(reply -> check(reply, key, System.nanoTime() - beganNanos));
    }

    private void check(Reply reply, int key, long nanos) {
        RawJson result = reply.result();
        if (reply.status() != Status.OK || result == null) {
            throw new IllegalStateException("a call ended " + reply.status() + ": " + reply.error());
        }
        if (!result.text().contains("{\"number\":" + key + ",\"pad\":\"" + pad)) {
            throw new IllegalStateException("an answer is another call's");
        }
        Histogram histogram = nanosByTier.get(reply.servedBy().cache());
        if (histogram != null) {
            histogram.recordValue(Math.min(nanos, MOST_NANOS));
        }
    }

    /** From the call to its answer at the caller's, by where the answer came from. */
    Map<String, Histogram> nanosByTier() {
        return nanosByTier;
    }

    @Override
    public void close() {}
}
