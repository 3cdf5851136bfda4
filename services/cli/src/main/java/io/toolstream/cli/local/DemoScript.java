package io.toolstream.cli.local;

import io.toolstream.client.ToolCall;
import io.toolstream.settings.Effect;
import io.toolstream.settings.RetrySettings;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.settings.ToolSettings;
import io.toolstream.wire.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The calls of the demonstration: every way a call can end, and many at once. */
final class DemoScript {
    /** Of each kind one after the other: one figure is no median. */
    private static final int SINGLE = 20;

    /** What a busy service does: so many callers, each with its next call as soon as it has its answer. */
    private static final int MANY = 500;

    private static final int CALLERS = 10;
    private static final int WARM_UP = 1_000;

    private DemoScript() {}

    static List<DemoStep> steps(String server) {
        return List.of(
                single(
                        "an answer",
                        "echo text=Hello",
                        ToolCall.of(server, "echo").argument("text", "Hello"),
                        Status.OK),
                single(
                        "numbers stay exact",
                        "add a=0.1 b=0.2",
                        ToolCall.of(server, "add").arguments("{\"a\": 0.1, \"b\": 0.2}"),
                        Status.OK),
                single(
                        "a tool that fails",
                        "fail message=\"No such city\"",
                        ToolCall.of(server, "fail").argument("message", "No such city"),
                        Status.TOOL_ERROR),
                single(
                        "bad arguments",
                        "add a=one b=2",
                        ToolCall.of(server, "add").argument("a", "one").argument("b", 2),
                        Status.REJECTED),
                single(
                        "an unknown tool",
                        "word_cuont text=Hello",
                        ToolCall.of(server, "word_cuont").argument("text", "Hello"),
                        Status.REJECTED),
                new DemoStep(
                        "a tool that is too slow",
                        "sleep ms=5000 --timeout 500ms",
                        ToolCall.of(server, "sleep").argument("ms", 5_000).timeout(Duration.ofMillis(500)),
                        1,
                        1,
                        Status.FAILED),
                single(
                        "a slow tool, kept",
                        "sleep ms=200",
                        ToolCall.of(server, "sleep").argument("ms", 200),
                        Status.OK),
                new DemoStep(
                        "many callers",
                        "word_count text=\"one two three\"",
                        ToolCall.of(server, "word_count").argument("text", "one two three"),
                        MANY,
                        CALLERS,
                        Status.OK));
    }

    private static DemoStep single(String title, String command, ToolCall call, Status expected) {
        return new DemoStep(title, command, call, SINGLE, 1, expected);
    }

    /** What an operator would write in the settings: the answers of a slow tool are kept. */
    static ServerPolicy policy() {
        ToolSettings sleep =
                new ToolSettings(Effect.READ, null, RetrySettings.DEFAULT, ToolCacheSettings.ON, List.of());
        return new ServerPolicy(true, null, null, Map.of(), null, Map.of("sleep", sleep));
    }

    /** What a JVM needs before its figures mean anything. */
    static DemoStep warmUp(String server) {
        ToolCall call = ToolCall.of(server, "echo").argument("text", "…");
        return new DemoStep("warming up", "echo text=…", call, WARM_UP, CALLERS, Status.OK);
    }
}
