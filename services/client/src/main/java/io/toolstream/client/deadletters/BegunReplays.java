package io.toolstream.client.deadletters;

import io.toolstream.wire.ReplayEntry;
import io.toolstream.wire.ReplayEntry.Planned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The replays that were begun and how they ended, folded from the replays topic. As large as there are replays, and some six
 * megabytes, however many calls they sent. For one thread.
 */
final class BegunReplays {
    private final Map<String, Progress> begun = new LinkedHashMap<>();
    private final Lately lately;

    BegunReplays() {
        this(20_000);
    }

    /** @param remembered calls at least; half of what is kept of them */
    BegunReplays(int remembered) {
        this.lately = new Lately(remembered);
    }

    void add(ReplayEntry entry) {
        if (entry instanceof Planned planned) {
            begun.putIfAbsent(planned.plan(), new Progress(planned));
        } else if (entry instanceof ReplayEntry.Sent one) {
            add(one, begun.get(one.plan()));
        } else if (entry instanceof ReplayEntry.Ended one) {
            end(one, begun.get(one.plan()));
        }
    }

    private void add(ReplayEntry.Sent one, @Nullable Progress progress) {
        if (progress != null && lately.isNew(new Told(progress.planned.plan(), one.id()))) {
            progress.sent++;
        }
    }

    private static void end(ReplayEntry.Ended end, @Nullable Progress progress) {
        if (progress != null && progress.ended == null) {
            progress.ended = end;
        }
    }

    /** The oldest first. */
    List<BegunReplay> all() {
        List<BegunReplay> all = new ArrayList<>();
        begun.values().forEach(progress -> all.add(progress.replay()));
        return all;
    }

    /** How far one replay got. */
    private static final class Progress {
        private final Planned planned;
        private long sent;
        private ReplayEntry.@Nullable Ended ended;

        Progress(Planned planned) {
            this.planned = planned;
        }

        BegunReplay replay() {
            ReplayEntry.Ended end = ended;
            return new BegunReplay(planned, sent, end != null, end == null ? null : end.stoppedBecause());
        }
    }

    /** That a replay sent a call. */
    private record Told(String plan, String id) {}

    /**
     * What was told lately. Told twice are calls that one process sends, or has sent as it was killed, while another one
     * reads what was sent: within moments of each other. What was told long before is forgotten.
     */
    private static final class Lately {
        private final int remembered;
        private Set<Told> now = new HashSet<>();
        private Set<Told> before = Set.of();

        Lately(int remembered) {
            this.remembered = remembered;
        }

        boolean isNew(Told told) {
            boolean isNew = !before.contains(told) && now.add(told);
            if (now.size() == remembered) {
                before = now;
                now = new HashSet<>();
            }
            return isNew;
        }
    }
}
