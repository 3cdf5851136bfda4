package io.toolstream.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Tool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls that may share an answer, and calls that must not. */
final class CacheKeysTest {
    /** The long form: {@code -Dtoolstream.cache.pairs=1000000}. */
    private static final int PAIRS = Integer.getInteger("toolstream.cache.pairs", 20_000);

    private static final String[] TENANTS = {"a", "b", "ab", "a/b", "A", "\u00e4", "a ", null};
    private static final String[] NAMES = {"read", "rea", "d", "read/", "files", "fi", "les"};

    private final FakeEpochs epochs = new FakeEpochs();
    private final Map<String, String> scopes = new HashMap<>();
    private final CacheKeys keys = new CacheKeys(server -> scopes.getOrDefault(server, "scope"), epochs);

    @Test
    void key_dependsOnAllThatMatters() {
        CacheKey key = key("t", tool("files", "read", "d1"), "{\"a\":1}");

        assertThat(key).isEqualTo(key("t", tool("files", "read", "d1"), "{ \"a\" : 1 }"));
        assertThat(List.of(
                        key(null, tool("files", "read", "d1"), "{\"a\":1}"),
                        key("u", tool("files", "read", "d1"), "{\"a\":1}"),
                        key("t", tool("filesr", "ead", "d1"), "{\"a\":1}"),
                        key("t", tool("files", "read", "d2"), "{\"a\":1}"),
                        key("t", tool("files", "read", "d1"), "{\"a\":1.0}")))
                .doesNotContain(key)
                .doesNotHaveDuplicates();
        scopes.put("files", "another token");
        assertThat(key("t", tool("files", "read", "d1"), "{\"a\":1}")).isNotEqualTo(key);
        scopes.clear();
        var unused = epochs.advance(List.of(new ToolName("files", "read")), "test");
        assertThat(key("t", tool("files", "read", "d1"), "{\"a\":1}")).isNotEqualTo(key);
    }

    /** Whoever is asked says who asked: an answer that says somebody else crossed over. */
    @Test
    void twoTenantsWithEqualArguments_neverShareAnAnswer() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        CacheFixture cache = new CacheFixture();
        cache.server = invocation -> CompletableFuture.completedFuture(new Answer(
                Status.OK,
                RawJson.ofText(String.valueOf(invocation.call().context().tenant())),
                1));
        int hits = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            Tool tool = tool(NAMES[random.nextInt(NAMES.length)], NAMES[random.nextInt(NAMES.length)], "d");
            String arguments = "{\"a\":" + random.nextInt(3) + "}";
            for (int call = 0; call < 2; call++) {
                String tenant = TENANTS[random.nextInt(TENANTS.length)];
                Answer answer =
                        cache.invoker.invoke(call(tenant, tool, arguments)).join();
                assertThat(answer.result().text())
                        .as("pair %s, seed %s", pair, seed)
                        .isEqualTo(String.valueOf(tenant));
                hits += answer.attempts() == 0 ? 1 : 0;
            }
            cache.forget();
        }
        assertThat(hits).as("answers that were kept").isPositive();
    }

    private CacheKey key(@Nullable String tenant, Tool tool, String arguments) {
        return keys.of(call(tenant, tool, arguments));
    }

    private static Invocation call(@Nullable String tenant, Tool tool, String arguments) {
        String field = tenant == null ? "" : ",\"tenant\":\"" + tenant + "\"";
        return new Invocation(
                Records.call("{\"server\":\"s\",\"tool\":\"t\",\"arguments\":" + arguments + field + "}"),
                tool,
                Records.origin());
    }

    private static Tool tool(String server, String name, String digest) {
        Tool like = CacheFixture.tool("read", Effect.READ, ToolCacheSettings.ON, List.of());
        return new Tool(server, name, like.effect(), digest, like.arguments(), like.policy());
    }
}
