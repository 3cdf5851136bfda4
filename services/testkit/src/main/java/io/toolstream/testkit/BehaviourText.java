package io.toolstream.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/**
 * A behaviour as a word on a command line: parts joined by {@code +}, of {@code delay:MS}, {@code never}, {@code error:CODE},
 * {@code tool-error}, {@code wrong-id}, {@code twice}, {@code cut:BYTES} (the process ends there), {@code drip:BYTES},
 * {@code garbage} and {@code normal}.
 */
final class BehaviourText {
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
            case "never" -> behaviour.withAnswer(Answer.never());
            case "error" -> behaviour.withAnswer(Answer.failure(value, "as asked"));
            case "tool-error" -> behaviour.withAnswer(Answer.toolError("as asked"));
            case "wrong-id" -> behaviour.with(IdEcho.WRONG);
            case "twice" -> behaviour.with(IdEcho.TWICE);
            case "cut" -> behaviour.with(Delivery.resetAt(value));
            case "drip" -> behaviour.with(Delivery.drip(value, Duration.ofMillis(1)));
            case "garbage" -> behaviour.with(Delivery.garbage("this is not JSON\n".getBytes(UTF_8)));
            default -> throw new IllegalArgumentException("No such behaviour: " + name);
        };
    }
}
