package io.toolstream.embedded.demo;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The demo's tools: one that reads for every kind of answer, one that may be repeated, one that must not be. */
final class DemoTools {
    private static final int MAX_SLEEP_MILLIS = 60_000;

    private final Clock clock;
    private final DemoMemory memory = new DemoMemory();

    DemoTools(Clock clock) {
        this.clock = clock;
    }

    List<DemoTool> all() {
        return List.of(echo(), add(), wordCount(), now(), sleep(), fail(), remember(), recall(), increment());
    }

    private static DemoTool echo() {
        return new DemoTool(
                "echo",
                "Echo",
                "Answers with the text it is given.",
                input(Map.of("text", type("string")), "text"),
                DemoTool.READS,
                arguments -> DemoResult.of(arguments.text("text")));
    }

    private static DemoTool add() {
        return new DemoTool(
                "add",
                "Add",
                "Adds two numbers exactly.",
                inputAndOutput(
                        Map.of("a", type("number"), "b", type("number")), Map.of("sum", type("number")), "a", "b"),
                DemoTool.READS,
                arguments -> {
                    BigDecimal sum = arguments.number("a").add(arguments.number("b"));
                    return DemoResult.of(sum.toPlainString(), Map.of("sum", new BigDecimal(sum.toPlainString())));
                });
    }

    private static DemoTool wordCount() {
        return new DemoTool(
                "word_count",
                "Count words",
                "Counts the words, lines and characters of a text.",
                inputAndOutput(
                        Map.of("text", type("string")),
                        Map.of("words", type("integer"), "lines", type("integer"), "characters", type("integer")),
                        "text"),
                DemoTool.READS,
                arguments -> count(arguments.text("text")));
    }

    private static CompletableFuture<DemoResult> count(String text) {
        long words = text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
        long lines = text.lines().count();
        long characters = text.codePointCount(0, text.length());
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("words", words);
        counts.put("lines", lines);
        counts.put("characters", characters);
        return DemoResult.of(words + " words, " + lines + " lines, " + characters + " characters", counts);
    }

    private DemoTool now() {
        return new DemoTool(
                "now",
                "Now",
                "Tells the time, in UTC or in the given time zone, in ISO 8601.",
                input(Map.of("zone", Map.of("type", "string", "description", "such as Europe/Berlin"))),
                DemoTool.READS,
                arguments -> DemoResult.of(time(arguments.optionalText("zone"))));
    }

    private String time(@Nullable String zone) {
        try {
            ZoneId wanted = ZoneId.of(zone == null ? "Z" : zone);
            return ZonedDateTime.now(clock)
                    .withZoneSameInstant(wanted)
                    .truncatedTo(ChronoUnit.MILLIS)
                    .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'zone' must be a time zone such as Europe/Berlin", e);
        }
    }

    private static DemoTool sleep() {
        return new DemoTool(
                "sleep",
                "Sleep",
                "Answers after so many milliseconds.",
                input(Map.of("ms", Map.of("type", "integer", "minimum", 0, "maximum", MAX_SLEEP_MILLIS)), "ms"),
                DemoTool.READS,
                arguments -> later(arguments.whole("ms", MAX_SLEEP_MILLIS)));
    }

    private static CompletableFuture<DemoResult> later(int millis) {
        return new CompletableFuture<DemoResult>()
                .completeOnTimeout(
                        new DemoResult("slept " + millis + " ms", null, false), millis, TimeUnit.MILLISECONDS);
    }

    private static DemoTool fail() {
        return new DemoTool(
                "fail",
                "Fail",
                "Always answers with an error.",
                input(Map.of("message", type("string"))),
                DemoTool.READS,
                arguments -> {
                    String message = arguments.optionalText("message");
                    return CompletableFuture.completedFuture(
                            DemoResult.error(message == null ? "This tool always fails." : message));
                });
    }

    private DemoTool remember() {
        return new DemoTool(
                "remember",
                "Remember",
                "Keeps a value under a key until the server ends. Doing it again changes nothing.",
                input(Map.of("key", type("string"), "value", type("string")), "key", "value"),
                Map.of("readOnlyHint", false, "destructiveHint", true, "idempotentHint", true, "openWorldHint", false),
                arguments -> {
                    memory.remember(arguments.text("key"), arguments.text("value"));
                    return DemoResult.of("Remembered under " + arguments.text("key") + ".");
                });
    }

    private DemoTool recall() {
        return new DemoTool(
                "recall",
                "Recall",
                "Answers with what is remembered under a key.",
                input(Map.of("key", type("string")), "key"),
                DemoTool.READS,
                arguments -> {
                    String value = memory.recall(arguments.text("key"));
                    return value == null
                            ? CompletableFuture.completedFuture(
                                    DemoResult.error("Nothing is remembered under " + arguments.text("key") + "."))
                            : DemoResult.of(value);
                });
    }

    private DemoTool increment() {
        return new DemoTool(
                "increment",
                "Increment",
                "Adds one to a counter and answers with it. Doing it twice counts twice.",
                inputAndOutput(Map.of("counter", type("string")), Map.of("count", type("integer")), "counter"),
                Map.of(
                        "readOnlyHint",
                        false,
                        "destructiveHint",
                        false,
                        "idempotentHint",
                        false,
                        "openWorldHint",
                        false),
                arguments -> {
                    BigInteger count = memory.increment(arguments.text("counter"));
                    return DemoResult.of(count.toString(), Map.of("count", count));
                });
    }

    private static Map<String, Object> type(String type) {
        return Map.of("type", type);
    }

    private static Map<String, Object> input(Map<String, ?> properties, String... required) {
        return Map.of("inputSchema", schema(properties, List.of(required)));
    }

    private static Map<String, Object> inputAndOutput(
            Map<String, ?> properties, Map<String, ?> output, String... required) {
        return Map.of(
                "inputSchema", schema(properties, List.of(required)),
                "outputSchema", schema(output, List.copyOf(output.keySet())));
    }

    private static Map<String, Object> schema(Map<String, ?> properties, List<String> required) {
        return Map.of("type", "object", "properties", properties, "required", required, "additionalProperties", false);
    }
}
