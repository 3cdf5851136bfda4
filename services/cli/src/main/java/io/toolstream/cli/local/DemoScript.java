package io.toolstream.cli.local;

import io.toolstream.client.ToolCall;
import io.toolstream.wire.Status;
import java.time.Duration;
import java.util.List;

/** The calls of the demonstration: every way a call can end, and many at once. */
final class DemoScript {
    private static final int MANY = 200;
    private static final int WARM_UP = 50;

    private DemoScript() {}

    static List<DemoStep> steps(String server) {
        return List.of(
                new DemoStep(
                        "an answer",
                        "echo text=Hello",
                        ToolCall.of(server, "echo").argument("text", "Hello"),
                        1,
                        Status.OK),
                new DemoStep(
                        "numbers stay exact",
                        "add a=0.1 b=0.2",
                        ToolCall.of(server, "add").arguments("{\"a\": 0.1, \"b\": 0.2}"),
                        1,
                        Status.OK),
                new DemoStep(
                        "a tool that fails",
                        "fail message=\"No such city\"",
                        ToolCall.of(server, "fail").argument("message", "No such city"),
                        1,
                        Status.TOOL_ERROR),
                new DemoStep(
                        "bad arguments",
                        "add a=one b=2",
                        ToolCall.of(server, "add").argument("a", "one").argument("b", 2),
                        1,
                        Status.REJECTED),
                new DemoStep(
                        "an unknown tool",
                        "word_cuont text=Hello",
                        ToolCall.of(server, "word_cuont").argument("text", "Hello"),
                        1,
                        Status.REJECTED),
                new DemoStep(
                        "a tool that is too slow",
                        "sleep ms=5000 --timeout 500ms",
                        ToolCall.of(server, "sleep").argument("ms", 5_000).timeout(Duration.ofMillis(500)),
                        1,
                        Status.FAILED),
                new DemoStep(
                        "many at once",
                        "word_count text=\"one two three\"",
                        ToolCall.of(server, "word_count").argument("text", "one two three"),
                        MANY,
                        Status.OK));
    }

    /** What a JVM needs before its figures mean anything. */
    static DemoStep warmUp(String server) {
        return new DemoStep(
                "warming up", "echo text=…", ToolCall.of(server, "echo").argument("text", "…"), WARM_UP, Status.OK);
    }
}
