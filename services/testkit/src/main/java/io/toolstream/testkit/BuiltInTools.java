package io.toolstream.testkit;

import io.toolstream.testkit.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** The tools that every scripted server has. */
final class BuiltInTools {
    private BuiltInTools() {}

    static List<ScriptedTool> all() {
        return List.of(
                ScriptedTool.reading("echo", "{\"type\":\"object\"}", (arguments, wanted) -> echo(arguments)),
                ScriptedTool.reading("add", numbers("a", "b"), (arguments, wanted) -> add(arguments)),
                ScriptedTool.of("fail", "{\"type\":\"object\"}", (arguments, wanted) -> fail(arguments)),
                ScriptedTool.reading("sleep", numbers("ms"), BuiltInTools::sleep),
                ScriptedTool.reading("big", numbers("bytes"), (arguments, wanted) -> big(arguments)),
                ScriptedTool.reading("env", texts("name"), (arguments, wanted) -> environment(arguments)));
    }

    /** The arguments byte for byte, as text and as structured content. */
    private static Answer echo(Json arguments) {
        return Answer.structured(arguments.raw(), arguments.raw());
    }

    private static Answer add(Json arguments) {
        BigDecimal sum = decimal(arguments, "a").add(decimal(arguments, "b"));
        return Answer.structured(sum.toPlainString(), "{\"sum\":" + sum.toPlainString() + "}");
    }

    private static BigDecimal decimal(Json arguments, String name) {
        return new BigDecimal(arguments.member(name).orElseThrow().raw());
    }

    private static Answer fail(Json arguments) {
        return Answer.toolError(arguments.text("message").orElse("as asked"));
    }

    private static Answer sleep(Json arguments, Cancellation cancellation) {
        long millis = arguments.number("ms").orElse(0L);
        return cancellation.sleep(Duration.ofMillis(millis)) ? Answer.text("slept " + millis + " ms") : Answer.never();
    }

    private static Answer big(Json arguments) {
        return Answer.text("x".repeat(Math.toIntExact(arguments.number("bytes").orElse(0L))));
    }

    /** What a child process was given of our environment. */
    private static Answer environment(Json arguments) {
        String value = System.getenv(arguments.text("name").orElse(""));
        return Answer.text(value == null ? "(unset)" : value);
    }

    private static String numbers(String... names) {
        return schema("number", names);
    }

    private static String texts(String... names) {
        return schema("string", names);
    }

    private static String schema(String type, String... names) {
        StringBuilder properties = new StringBuilder();
        StringBuilder required = new StringBuilder();
        for (String name : names) {
            String comma = properties.isEmpty() ? "" : ",";
            properties.append(comma).append("\"" + name + "\":{\"type\":\"" + type + "\"}");
            required.append(comma).append("\"" + name + "\"");
        }
        return "{\"type\":\"object\",\"properties\":{" + properties + "},\"required\":[" + required + "]}";
    }
}
