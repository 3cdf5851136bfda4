package io.toolstream.worker;

import io.toolstream.wire.DecodedCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The order among the members of one record that share an ordering key: each begins when the one before it is over,
 * however that ended. A member waits only for earlier ones, which are begun earlier, so the record always comes to its
 * end. The keys of other records are the engine's affair. Any thread; never blocks.
 */
final class MemberOrder {
    private static final int NOBODY = -1;

    private final int[] before;

    /** Completed when the member is over; null for one that nobody waits for. */
    private final List<@Nullable CompletableFuture<Void>> over;

    private final Executor callThreads;

    private MemberOrder(int[] before, List<@Nullable CompletableFuture<Void>> over, Executor callThreads) {
        this.before = before;
        this.over = over;
        this.callThreads = callThreads;
    }

    static MemberOrder of(List<DecodedCall> members, Executor callThreads) {
        int[] before = new int[members.size()];
        List<@Nullable CompletableFuture<Void>> over = new ArrayList<>(members.size());
        Map<String, Integer> last = new HashMap<>();
        for (int index = 0; index < before.length; index++) {
            String key = LaneKeys.of(members.get(index));
            Integer previous = key == null ? null : last.put(key, index);
            before[index] = previous == null ? NOBODY : previous;
            over.add(null);
            if (previous != null) {
                over.set(previous, new CompletableFuture<>());
            }
        }
        return new MemberOrder(before, over, callThreads);
    }

    /** Runs a member when it is its turn: on this thread if that is now, else on a call thread. */
    <T> CompletableFuture<T> inTurn(int index, Supplier<CompletableFuture<T>> member) {
        CompletableFuture<Void> turn = before[index] == NOBODY ? null : over.get(before[index]);
        CompletableFuture<T> ran =
                turn == null ? member.get() : turn.thenComposeAsync(ignored -> member.get(), callThreads);
        CompletableFuture<Void> mine = over.get(index);
        return mine == null ? ran : ran.whenComplete((ended, failure) -> mine.complete(null));
    }
}
