package io.toolstream.client.deadletters;

import io.toolstream.wire.Decoded;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.ReplayCodec;
import io.toolstream.wire.ReplayEntry;
import io.toolstream.wire.ReplayEntry.Planned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The replays that were begun and how they ended, folded from the replays topic. For one thread. */
final class BegunReplays {
    private final ReplayCodec codec = new ReplayCodec();
    private final Map<String, Planned> begun = new LinkedHashMap<>();
    private final Map<String, Set<String>> sent = new HashMap<>();
    private final Map<String, ReplayEntry.Ended> ended = new HashMap<>();

    void accept(InboundRecord record) {
        if (codec.decode(record) instanceof Decoded.WellFormed<ReplayEntry> wellFormed) {
            add(wellFormed.value());
        }
    }

    private void add(ReplayEntry entry) {
        if (entry instanceof Planned planned) {
            begun.putIfAbsent(planned.plan(), planned);
        } else if (entry instanceof ReplayEntry.Sent one) {
            sent.computeIfAbsent(one.plan(), unused -> new HashSet<>()).add(one.id());
        } else if (entry instanceof ReplayEntry.Ended one) {
            ended.putIfAbsent(one.plan(), one);
        }
    }

    /** The oldest first. */
    List<BegunReplay> all() {
        List<BegunReplay> all = new ArrayList<>();
        begun.forEach((plan, planned) -> {
            ReplayEntry.Ended end = ended.get(plan);
            int calls = sent.getOrDefault(plan, Set.of()).size();
            all.add(new BegunReplay(planned, calls, end != null, end == null ? null : end.stoppedBecause()));
        });
        return all;
    }
}
