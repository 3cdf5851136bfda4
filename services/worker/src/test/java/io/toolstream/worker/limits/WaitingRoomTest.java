package io.toolstream.worker.limits;

import static io.toolstream.wire.Priority.BATCH;
import static io.toolstream.wire.Priority.INTERACTIVE;
import static io.toolstream.wire.Priority.REPLAY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.Priority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WaitingRoomTest {
    private final WaitingRoom room = new WaitingRoom();

    @Test
    void next_whileAllPrioritiesWait_isByWeight() {
        for (int i = 0; i < 160; i++) {
            room.enter(Calls.ticket(INTERACTIVE, "a"), 1_000);
            room.enter(Calls.ticket(BATCH, "a"), 1_000);
            room.enter(Calls.ticket(REPLAY, "a"), 1_000);
        }

        Map<Priority, Long> served = IntStream.range(0, 160)
                .mapToObj(i -> room.next(false).priority())
                .collect(Collectors.groupingBy(priority -> priority, Collectors.counting()));

        assertThat(served).isEqualTo(Map.of(INTERACTIVE, 120L, BATCH, 30L, REPLAY, 10L));
    }

    @Test
    void next_afterALineWasEmpty_owesItNothing() {
        for (int i = 0; i < 100; i++) {
            room.enter(Calls.ticket(INTERACTIVE, "a"), 1_000);
        }
        IntStream.range(0, 60).forEach(i -> room.next(false));
        for (int i = 0; i < 30; i++) {
            room.enter(Calls.ticket(BATCH, "a"), 1_000);
        }

        long batches = IntStream.range(0, 20)
                .filter(i -> room.next(false).priority() == BATCH)
                .count();

        assertThat(batches).isBetween(3L, 5L);
    }

    @Test
    void next_betweenTenants_takesTurns() {
        for (int i = 0; i < 30; i++) {
            room.enter(Calls.ticket(INTERACTIVE, "loud"), 1_000);
        }
        room.enter(Calls.ticket(INTERACTIVE, "quiet"), 1_000);
        room.enter(Calls.ticket(INTERACTIVE, "quiet"), 1_000);

        List<String> served =
                IntStream.range(0, 5).mapToObj(i -> room.next(false).tenant()).toList();

        assertThat(served).containsExactly("loud", "quiet", "loud", "quiet", "loud");
    }

    @Test
    void enter_intoARoomFullOfAnother_costsTheOtherOnesNewest() {
        List<Ticket> flood = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            flood.add(Calls.ticket(INTERACTIVE, "loud"));
            room.enter(flood.get(i), 10);
        }
        Ticket quiet = Calls.ticket(INTERACTIVE, "quiet");
        Ticket another = Calls.ticket(INTERACTIVE, "loud");

        assertThat(room.enter(quiet, 10)).isSameAs(flood.get(9));
        assertThat(room.enter(another, 10)).isSameAs(another);
        assertThat(room.size()).isEqualTo(10);
    }

    @Test
    void enter_intoARoomFullOfBatches_makesRoomForInteractiveCallsByWeight() {
        for (int i = 0; i < 20; i++) {
            room.enter(Calls.ticket(BATCH, "a"), 20);
        }
        for (int i = 0; i < 40; i++) {
            room.enter(Calls.ticket(INTERACTIVE, "b"), 20);
        }

        List<Ticket> left = room.removeIf(ticket -> true);

        assertThat(left).hasSize(20);
        assertThat(left.stream().filter(ticket -> ticket.priority() == BATCH)).hasSizeBetween(3, 5);
    }

    @Test
    void ahead_ofTheFirstCallOfATenant_isAboutOneTurn() {
        for (int i = 0; i < 50; i++) {
            room.enter(Calls.ticket(INTERACTIVE, "loud"), 100);
        }

        assertThat(room.ahead(INTERACTIVE, "quiet")).isEqualTo(1);
        assertThat(room.ahead(INTERACTIVE, "loud")).isEqualTo(50);
        assertThat(room.ahead(REPLAY, "quiet")).isLessThanOrEqualTo(50);
    }

    /** Whoever enters comes out exactly once, one way or another; in his own order; and the room never overflows. */
    @Test
    void room_underRandomUse_losesNobodyAndKeepsTheirOrder() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        List<Ticket> inside = new ArrayList<>();
        Map<String, Integer> lastServed = new HashMap<>();
        Map<Ticket, Integer> number = new HashMap<>();

        for (int step = 0; step < 20_000; step++) {
            int places = random.nextInt(0, 30);
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> {
                    Ticket ticket = Calls.ticket(
                            List.of(Priority.values()).get(random.nextInt(3)),
                            "t" + random.nextInt(random.nextInt(1, 6)));
                    number.put(ticket, step);
                    int before = room.size();
                    Ticket leaving = room.enter(ticket, places);
                    inside.add(ticket);
                    assertThat(leaving == null).as("seed %d", seed).isEqualTo(before < places);
                    if (leaving != null) {
                        assertThat(inside.remove(leaving)).as("seed %d", seed).isTrue();
                        assertDoesNotHaveMore(ticket, leaving, inside, seed);
                    }
                }
                case 4, 5 -> {
                    if (!room.isEmpty()) {
                        Ticket next = room.next(false);
                        assertThat(inside.remove(next)).as("seed %d", seed).isTrue();
                        int own = requireNonNull(number.get(next));
                        Integer last = lastServed.put(next.priority() + next.tenant(), own);
                        assertThat(last == null || last < own)
                                .as("seed %d", seed)
                                .isTrue();
                    }
                }
                case 6 -> {
                    if (!inside.isEmpty()) {
                        Ticket one = inside.remove(random.nextInt(inside.size()));
                        assertThat(room.leave(one)).as("seed %d", seed).isTrue();
                        assertThat(room.leave(one)).as("seed %d", seed).isFalse();
                    }
                }
                default -> {
                    Set<Ticket> gone = inside.stream()
                            .filter(ticket -> requireNonNull(number.get(ticket)) % 7 == 0)
                            .collect(Collectors.toSet());
                    assertThat(room.removeIf(gone::contains))
                            .as("seed %d", seed)
                            .hasSameElementsAs(gone);
                    inside.removeAll(gone);
                }
            }
            assertThat(room.size()).as("seed %d", seed).isEqualTo(inside.size());
        }
    }

    /** Who had to go had, weighed, at least as much as who came now has. */
    private static void assertDoesNotHaveMore(Ticket came, Ticket left, List<Ticket> inside, long seed) {
        if (came != left) {
            assertThat(weighed(came, inside))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(weighed(left, inside) + stride(left));
        }
    }

    private static long weighed(Ticket ticket, List<Ticket> inside) {
        return stride(ticket)
                * inside.stream()
                        .filter(other -> other.priority() == ticket.priority()
                                && other.tenant().equals(ticket.tenant()))
                        .count();
    }

    private static long stride(Ticket ticket) {
        return switch (ticket.priority()) {
            case INTERACTIVE -> 1;
            case BATCH -> 4;
            case REPLAY -> 12;
        };
    }
}
