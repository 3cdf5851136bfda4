package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PersistentReplyTailTest {
    private final ManualAlarm alarm = new ManualAlarm();
    private final Deque<CompletableFuture<Integer>> counts = new ArrayDeque<>();
    private final List<FakeFollower> followers = new ArrayList<>();

    @Test
    void ready_onceTheFollowerIs_namesThePartitionOfThisInstance() {
        counts.add(CompletableFuture.completedFuture(4));
        PersistentReplyTail tail = begin();

        assertThat(tail.ready()).isNotDone();
        followers.get(0).ready.complete(null);

        assertThat(tail.ready()).isCompletedWithValue(Math.floorMod("me".hashCode(), 4));
        assertThat(followers.get(0).partition).isEqualTo(Math.floorMod("me".hashCode(), 4));
        assertThat(tail.trouble()).isNull();
    }

    @Test
    void begin_whileTheBrokerIsAway_triesAgainAndTellsWhy() {
        counts.add(CompletableFuture.failedFuture(new IllegalStateException("no broker")));
        counts.add(CompletableFuture.completedFuture(1));
        PersistentReplyTail tail = begin();

        assertThat(tail.trouble()).isEqualTo("no broker");
        assertThat(followers).isEmpty();
        alarm.pass(Duration.ofSeconds(1));
        followers.get(0).ready.complete(null);

        assertThat(tail.ready()).isCompletedWithValue(0);
        assertThat(tail.trouble()).isNull();
    }

    @Test
    void broken_beginsAnewAndIsNotReadyUntilThen() {
        counts.add(CompletableFuture.completedFuture(1));
        counts.add(CompletableFuture.completedFuture(1));
        PersistentReplyTail tail = begin();
        followers.get(0).ready.complete(null);

        followers.get(0).terminated.completeExceptionally(new IllegalStateException("broke"));

        assertThat(tail.ready()).isNotDone();
        assertThat(tail.trouble()).isEqualTo("broke");
        alarm.pass(Duration.ofSeconds(1));
        followers.get(1).ready.complete(null);
        assertThat(tail.ready()).isCompletedWithValue(0);
    }

    @Test
    void trouble_ofAFollowerThatLostItsBroker_isTold() {
        counts.add(CompletableFuture.completedFuture(1));
        PersistentReplyTail tail = begin();
        followers.get(0).ready.complete(null);

        followers.get(0).trouble = "no connection";

        assertThat(tail.trouble()).isEqualTo("no connection");
        followers.get(0).trouble = null;
        assertThat(tail.trouble()).isNull();
    }

    @Test
    void close_whileRetrying_startsNothingMore() {
        counts.add(CompletableFuture.failedFuture(new IllegalStateException("no broker")));
        counts.add(CompletableFuture.completedFuture(1));
        PersistentReplyTail tail = begin();

        tail.close();
        alarm.pass(Duration.ofSeconds(1));

        assertThat(followers).isEmpty();
        assertThat(tail.ready()).isCompletedExceptionally();
    }

    @Test
    void begin_whereTheLookUpFails_tellsItsReasonAlone() {
        counts.add(CompletableFuture.failedFuture(new CompletionException(new IllegalStateException("no topic"))));

        assertThat(begin().trouble()).isEqualTo("no topic");
    }

    @Test
    void close_closesTheFollowerAndIsNotReadyAnyMore() {
        counts.add(CompletableFuture.completedFuture(1));
        PersistentReplyTail tail = begin();
        followers.get(0).ready.complete(null);

        tail.close();

        assertThat(tail.trouble()).isEqualTo("the client is closed");

        assertThat(followers.get(0).isClosed).isTrue();
    }

    private PersistentReplyTail begin() {
        PersistentReplyTail tail = new PersistentReplyTail(
                "me",
                counts::remove,
                partition -> {
                    FakeFollower follower = new FakeFollower(partition);
                    followers.add(follower);
                    return follower;
                },
                alarm);
        tail.begin();
        return tail;
    }

    private static final class FakeFollower implements PartitionFollower {
        final int partition;
        final CompletableFuture<Void> ready = new CompletableFuture<>();
        final CompletableFuture<Void> terminated = new CompletableFuture<>();

        @Nullable
        String trouble;

        boolean isClosed;

        FakeFollower(int partition) {
            this.partition = partition;
        }

        @Override
        public CompletionStage<Void> ready() {
            return ready;
        }

        @Override
        public CompletionStage<Void> terminated() {
            return terminated;
        }

        @Override
        public @Nullable String trouble() {
            return trouble;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
