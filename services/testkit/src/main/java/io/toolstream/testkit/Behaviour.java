package io.toolstream.testkit;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server does with one request.
 *
 * @param framing the server's usual one where it is absent
 * @param before messages that go before the answer, over HTTP as events: requests and notices of the server's own, strays
 */
public record Behaviour(
        Answer answer,
        Duration delay,
        IdEcho idEcho,
        @Nullable Framing framing,
        Delivery delivery,
        List<String> before) {
    private static final Behaviour NORMAL =
            new Behaviour(Answer.ofTool(), Duration.ZERO, IdEcho.RIGHT, null, Delivery.whole(), List.of());

    public Behaviour {
        before = List.copyOf(before);
    }

    /** The right answer at once. */
    public static Behaviour normal() {
        return NORMAL;
    }

    public static Behaviour answering(Answer answer) {
        return NORMAL.withAnswer(answer);
    }

    public static Behaviour never() {
        return NORMAL.withAnswer(Answer.never());
    }

    public static Behaviour delayed(Duration delay) {
        return NORMAL.after(delay);
    }

    public static Behaviour delivered(Delivery delivery) {
        return NORMAL.with(delivery);
    }

    public static Behaviour framed(Framing framing) {
        return NORMAL.with(framing);
    }

    public static Behaviour preceded(String... messages) {
        return NORMAL.saying(messages);
    }

    public Behaviour withAnswer(Answer other) {
        return new Behaviour(other, delay, idEcho, framing, delivery, before);
    }

    public Behaviour after(Duration other) {
        return new Behaviour(answer, other, idEcho, framing, delivery, before);
    }

    public Behaviour with(IdEcho other) {
        return new Behaviour(answer, delay, other, framing, delivery, before);
    }

    public Behaviour with(Framing other) {
        return new Behaviour(answer, delay, idEcho, other, delivery, before);
    }

    public Behaviour with(Delivery other) {
        return new Behaviour(answer, delay, idEcho, framing, other, before);
    }

    /** Sends these messages first. */
    public Behaviour saying(String... messages) {
        return new Behaviour(answer, delay, idEcho, framing, delivery, List.of(messages));
    }
}
