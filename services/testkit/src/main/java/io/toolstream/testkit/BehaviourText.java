package io.toolstream.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Duration;

/**
 * A behaviour as a word on a command line: parts joined by {@code +}.
 *
 * <ul>
 *   <li>what is answered: {@code normal}, {@code never}, {@code error:CODE}, {@code tool-error}, {@code deep:LEVELS}, {@code
 *       twin} (the same member twice), {@code ask-input}, {@code strange} (a result of an unknown type)
 *   <li>when: {@code delay:MS}
 *   <li>under which id: {@code wrong-id}, {@code text-id}, {@code null-id}, {@code twice}
 *   <li>how: {@code cut:BYTES} (the process ends there), {@code exit:CODE}, {@code drip:BYTES}, {@code garbage}, {@code
 *       noise:LINES} (before the answer), {@code hang:BYTES} (nothing more is ever said), {@code endless} (a line without
 *       end)
 *   <li>what goes before it: {@code ask} (requests of the server's own), {@code stray} (answers and notices of nothing)
 * </ul>
 */
final class BehaviourText {
    private static final String NOTICE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{"
            + "\"progressToken\":\"nobody\",\"progress\":1}}";

    private BehaviourText() {}

    static Behaviour parse(String text) {
        Behaviour behaviour = Behaviour.normal();
        for (String part : text.split("\\+", -1)) {
            int colon = part.indexOf(':');
            String name = colon < 0 ? part : part.substring(0, colon);
            int value = colon < 0 ? 0 : Integer.parseInt(part.substring(colon + 1));
            behaviour = apply(behaviour, name, value);
        }
        return behaviour;
    }

    private static Behaviour apply(Behaviour behaviour, String name, int value) {
        return switch (name) {
            case "normal" -> behaviour;
            case "delay" -> behaviour.after(Duration.ofMillis(value));
            case "wrong-id" -> behaviour.with(IdEcho.WRONG);
            case "text-id" -> behaviour.with(IdEcho.TEXT);
            case "null-id" -> behaviour.with(IdEcho.NULL);
            case "twice" -> behaviour.with(IdEcho.TWICE);
            case "ask" -> behaviour.saying(request("s-1", "ping"), request("s-2", "sampling/createMessage"));
            case "stray" -> behaviour.saying("{\"jsonrpc\":\"2.0\",\"id\":987654,\"result\":{}}", NOTICE, NOTICE);
            case "never", "error", "tool-error", "deep", "twin", "ask-input", "strange" ->
                behaviour.withAnswer(answer(name, value));
            default -> behaviour.with(delivery(name, value));
        };
    }

    private static String request(String id, String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"method\":\"" + method + "\",\"params\":{}}";
    }

    private static Answer answer(String name, int value) {
        return switch (name) {
            case "error" -> Answer.failure(value, "as asked");
            case "tool-error" -> Answer.toolError("as asked");
            case "deep" -> Answer.result("{\"content\":" + "[".repeat(value) + "]".repeat(value) + "}");
            case "twin" -> Answer.message("{\"jsonrpc\":\"2.0\",\"id\":$ID,\"id\":$ID,\"result\":{\"content\":[]}}");
            case "ask-input" ->
                Answer.inputRequired("{\"name\":{\"method\":\"elicitation/create\",\"params\":{}}}", "state");
            case "strange" -> Answer.result("{\"resultType\":\"never-heard-of\"}");
            default -> Answer.never();
        };
    }

    private static Delivery delivery(String name, int value) {
        return switch (name) {
            case "cut" -> Delivery.resetAt(value);
            case "exit" -> exit(value);
            case "drip" -> Delivery.drip(value, Duration.ofMillis(1));
            case "garbage" -> Delivery.garbage("this is not JSON\n".getBytes(UTF_8));
            case "noise" -> Delivery.after(noise(value));
            case "hang" -> Delivery.hangAt(value);
            case "endless" -> Delivery.endless(10, "x".repeat(1 << 16).getBytes(UTF_8));
            default -> throw new IllegalArgumentException("No such behaviour: " + name);
        };
    }

    private static Delivery exit(int code) {
        return (pieces, pause, wire) -> {
            System.err.println("about to exit with " + code);
            System.err.flush();
            Runtime.getRuntime().halt(code);
        };
    }

    /** Blank lines, a byte order mark, banners, half a message, a NUL and what is no UTF-8. */
    private static byte[] noise(int lines) {
        ByteArrayOutputStream noise = new ByteArrayOutputStream();
        noise.writeBytes("\n\r\n\uFEFF\nServer listening!\n{\"jsonrpc\":\"2.0\"\n[1,2\n\"\u0000\"\n".getBytes(UTF_8));
        noise.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFE, '\n'});
        noise.writeBytes("one more line\n".repeat(lines).getBytes(UTF_8));
        return noise.toByteArray();
    }
}
