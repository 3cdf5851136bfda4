package io.toolstream.mcp.protocol;

import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.json.ProgressReport;
import io.toolstream.mcp.transport.Anomalies;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes reports of progress to the calls they are about; the token is the request's id. What nobody waits for is dropped
 * and counted: reports for calls that have ended, that do not grow, that come too often. Any thread.
 */
final class Reports {
    private static final long LEAST_INTERVAL_NANOS = 20_000_000;

    private final Map<Long, Listening> calls = new ConcurrentHashMap<>();
    private final Anomalies anomalies;

    Reports(Anomalies anomalies) {
        this.anomalies = anomalies;
    }

    void expect(long token, CallListener listener) {
        calls.put(token, new Listening(listener));
    }

    void forget(long token) {
        calls.remove(token);
    }

    /** Calls that are listened to. */
    int size() {
        return calls.size();
    }

    void received(@Nullable JsonSlice params) {
        ProgressReport report =
                params == null ? null : ProgressReport.read(params).orElse(null);
        Listening listening = report == null ? null : calls.get(report.token());
        if (report == null || listening == null || !listening.isNews(report, System.nanoTime())) {
            anomalies.strayNotice();
        } else {
            listening.listener.onProgress(report.progress());
        }
    }

    /** Of one call, the reports come on one thread at a time; where a server breaks that, the last one wins. */
    private static final class Listening {
        private final CallListener listener;
        private double done = Double.NEGATIVE_INFINITY;
        private long lastNanos = System.nanoTime() - LEAST_INTERVAL_NANOS;

        Listening(CallListener listener) {
            this.listener = listener;
        }

        synchronized boolean isNews(ProgressReport report, long nowNanos) {
            boolean isFinal = report.progress().total() != null
                    && report.progress().done() >= report.progress().total();
            boolean isSoon = nowNanos - lastNanos < LEAST_INTERVAL_NANOS && !isFinal;
            if (!(report.progress().done() > done) || isSoon) {
                return false;
            }
            done = report.progress().done();
            lastNanos = nowNanos;
            return true;
        }
    }
}
