package io.toolstream.it.guarantee;

import io.toolstream.testkit.ExecutionJournal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The order of the calls of one key. Pure. */
final class Ordering {
    private Ordering() {}

    /** Two calls of one key, the later one of which began first. */
    record Breach(SentCall earlier, SentCall later) {}

    /** Breaches by neighbours; {@code starts} by the digest of the arguments. */
    static List<Breach> breaches(List<SentCall> calls, Map<String, Long> starts) {
        List<SentCall> inOrder = calls.stream()
                .filter(call -> starts.containsKey(digest(call)))
                .sorted(Comparator.comparingLong(call -> call.place().offset()))
                .toList();
        List<Breach> breaches = new ArrayList<>();
        for (int i = 1; i < inOrder.size(); i++) {
            SentCall earlier = inOrder.get(i - 1);
            SentCall later = inOrder.get(i);
            if (starts.getOrDefault(digest(later), 0L) < starts.getOrDefault(digest(earlier), 0L)) {
                breaches.add(new Breach(earlier, later));
            }
        }
        return breaches;
    }

    private static String digest(SentCall call) {
        return ExecutionJournal.digest(SentCall.arguments(call.token()));
    }
}
