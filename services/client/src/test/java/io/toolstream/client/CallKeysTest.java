package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.CacheMode;
import io.toolstream.wire.CallKey;
import io.toolstream.wire.CatalogueCodec;
import io.toolstream.wire.CatalogueEntry.OfTool;
import io.toolstream.wire.CatalogueKey;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls have a key, and which ones have the same. */
final class CallKeysTest {
    private static final ToolCall CALL =
            ToolCall.of("fs", "read").tenant("acme").arguments(RawJson.ofText("{\"a\":1,\"b\":2.0}"));

    private final CacheableTools tools = new CacheableTools();
    private final CallKeys keys = Keys.of(tools);
    private final ManualAlarm alarm = new ManualAlarm();
    private final List<Follower> followers = new ArrayList<>();

    @Test
    void of_toolWhoseAnswersAreKept_isTheDigestOfTheContract() {
        knows("read", true);

        String expected = CallKey.of("acme", "fs", "read", RawJson.ofText("{\"a\":1,\"b\":2.0}"))
                .hex();
        assertThat(keys.of(CALL)).asString(StandardCharsets.US_ASCII).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ \"b\" : 2.0, \"a\" : 1 }", " {\"a\":1,\"b\":2.0}\n"})
    void of_sameArgumentsWrittenOtherwise_isTheSame(String arguments) {
        knows("read", true);
        ToolCall call = ToolCall.of("fs", "read").tenant("acme");

        assertThat(keys.of(call.arguments(RawJson.ofText(arguments)))).isEqualTo(keys.of(CALL));
        assertThat(keys.of(call.arguments(arguments))).isEqualTo(keys.of(CALL));
        assertThat(keys.of(ToolCall.of("mcp__fs__read").tenant("acme").arguments(arguments)))
                .isEqualTo(keys.of(CALL));
    }

    @Test
    void of_otherCalls_isAnother() {
        knows("read", true);
        knows("list", true);

        List<ToolCall> others = List.of(
                CALL.tenant("other"),
                ToolCall.of("fs", "read").tenant("acme"),
                ToolCall.of("fs", "list").tenant("acme").arguments("{\"a\":1,\"b\":2.0}"),
                CALL.arguments("{\"a\":1,\"b\":2}"));

        assertThat(others.stream().map(keys::of).map(String::new))
                .doesNotContain(new String(keys.of(CALL), StandardCharsets.US_ASCII))
                .doesNotHaveDuplicates();
    }

    @Test
    void of_toolThatIsNotKnown_orWhoseAnswersAreNotKept_isNone() {
        assertThat(keys.of(CALL)).isNull();
        knows("read", false);
        assertThat(keys.of(CALL)).isNull();
        knows("read", true);
        assertThat(keys.of(CALL)).isNotNull();
        knows("read", false);
        assertThat(keys.of(CALL)).isNull();
        assertThat(keys.of(ToolCall.of("fs__read"))).isNull();
        knows("read", true);
        tools.accept(inbound(new CatalogueCodec().encodeRemoval(new CatalogueKey("fs", "read"))));
        assertThat(keys.of(CALL)).isNull();
    }

    @Test
    void of_callThatWantsNoKeptAnswer_orIsMalformed_isNone() {
        knows("read", true);

        assertThat(keys.of(CALL.cache(CacheMode.BYPASS))).isNull();
        assertThat(keys.of(CALL.resume(RawJson.EMPTY_OBJECT, "s"))).isNull();
        assertThat(keys.of(CALL.arguments("{no json"))).isNull();
        assertThat(keys.of(CALL.cache(CacheMode.REFRESH))).isEqualTo(keys.of(CALL));
    }

    @Test
    void begin_topicIsNotThere_triesAgain_untilItIsClosed() {
        CallKeys following = new CallKeys(tools, this::follower, alarm);
        following.begin();
        followers.get(0).terminated.completeExceptionally(new IllegalStateException("no such topic"));
        assertThat(followers).hasSize(1);
        alarm.pass(Duration.ofSeconds(10));
        assertThat(followers).hasSize(2);

        following.close();

        assertThat(followers.get(1).isClosed).isTrue();
        followers.get(1).terminated.completeExceptionally(new IllegalStateException("broke"));
        alarm.pass(Duration.ofSeconds(10));
        assertThat(followers).hasSize(2);
    }

    private PartitionFollower follower() {
        Follower follower = new Follower();
        followers.add(follower);
        return follower;
    }

    private static final class Follower implements PartitionFollower {
        final CompletableFuture<Void> terminated = new CompletableFuture<>();
        boolean isClosed;

        @Override
        public CompletionStage<Void> ready() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> terminated() {
            return terminated;
        }

        @Override
        public @Nullable String trouble() {
            return null;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private void knows(String tool, boolean isCacheable) {
        tools.accept(inbound(
                new CatalogueCodec().encode(new OfTool("fs", tool, RawJson.EMPTY_OBJECT, "d", "read", isCacheable))));
    }

    private static InboundRecord inbound(OutboundRecord record) {
        return new InboundRecord(
                new RecordPosition("catalogue", 0, 0), 0, record.key(), record.value(), record.headers());
    }
}
