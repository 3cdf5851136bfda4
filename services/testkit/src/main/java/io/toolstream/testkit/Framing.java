package io.toolstream.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What an HTTP answer carries its message in. Stdio has lines and knows none of it. */
public sealed interface Framing {
    /** One JSON body. */
    record JsonBody() implements Framing {}

    /**
     * A server-sent event stream that ends with the answer.
     *
     * @param comments comment lines before the answer
     * @param progress progress notifications before the answer, if the request carries a progress token
     * @param hasIds whether events carry ids and the stream begins, as some servers do, with an id and empty data
     * @param pings requests of the server's own before the answer
     * @param pause before each event but the first
     */
    record EventStream(int comments, int progress, boolean hasIds, int pings, Duration pause) implements Framing {
        public EventStream withComments(int count) {
            return new EventStream(count, progress, hasIds, pings, pause);
        }

        public EventStream withProgress(int count) {
            return new EventStream(comments, count, hasIds, pings, pause);
        }

        public EventStream withIds() {
            return new EventStream(comments, progress, true, pings, pause);
        }

        public EventStream withPings(int count) {
            return new EventStream(comments, progress, hasIds, count, pause);
        }

        public EventStream withPause(Duration between) {
            return new EventStream(comments, progress, hasIds, pings, between);
        }
    }

    /**
     * A body of some media type that is made of the message: another type than it should be, or events written by hand.
     *
     * @param wrapping the message to the whole body
     */
    record Body(String type, UnaryOperator<String> wrapping) implements Framing {}

    /** Another status with a body of its own instead of the message. */
    record Refusal(int status, Map<String, String> headers, String body) implements Framing {
        public Refusal {
            headers = Map.copyOf(headers);
        }
    }

    static Framing json() {
        return new JsonBody();
    }

    static EventStream events() {
        return new EventStream(0, 0, false, 0, Duration.ZERO);
    }

    static Framing body(String type, UnaryOperator<String> wrapping) {
        return new Body(type, wrapping);
    }

    static Framing status(int status, Map<String, String> headers, String body) {
        return new Refusal(status, headers, body);
    }

    static Framing status(int status) {
        return new Refusal(status, Map.of(), "");
    }
}
