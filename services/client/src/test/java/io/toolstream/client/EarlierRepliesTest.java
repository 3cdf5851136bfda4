package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.toolstream.wire.Reply;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class EarlierRepliesTest {
    @Test
    void find_whereTheTopicCannotBeRead_failsAsAllElseOfTheClientDoes() {
        EarlierReplies earlier = new EarlierReplies((since, handler) -> {
            throw new IllegalStateException("topic toolstream.replies cannot be read: no broker");
        });

        assertThatThrownBy(() -> earlier.find(Set.of("mine"), Instant.EPOCH).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RepliesUnavailable.class)
                .hasMessageContaining("topic toolstream.replies cannot be read: no broker; nothing was sent");
    }

    /** What retention has eaten is on no topic: it is missing, as what was never answered is. */
    @Test
    void find_whatIsNotThereAnyMore_isMissing() throws Exception {
        EarlierReplies earlier = new EarlierReplies((since, handler) -> {});

        assertThat(earlier.find(Set.of("mine"), Instant.EPOCH).get(10, TimeUnit.SECONDS))
                .isEmpty();
    }

    @Test
    void close_whileATopicIsRead_failsTheFutureAndEndsTheReading() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        AtomicBoolean goesOn = new AtomicBoolean(true);
        EarlierReplies earlier = new EarlierReplies((since, handler) -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            goesOn.set(handler.test(FakeReplies.record(ToolCall.of("fs", "a").id("other"), 1, true)));
        });
        CompletableFuture<Map<String, Reply>> found = earlier.find(Set.of("mine"), Instant.EPOCH);

        earlier.close();
        closed.countDown();

        assertThatThrownBy(found::join).hasCauseInstanceOf(ClientClosed.class);
        await().untilFalse(goesOn);
        assertThatThrownBy(earlier.find(Set.of("mine"), Instant.EPOCH)::join).hasCauseInstanceOf(ClientClosed.class);
    }
}
