package io.toolstream.testkit;

import io.toolstream.testkit.http.HttpAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON-RPC answers as HTTP answers, framed as the script says. Any thread. */
final class Exchanges {
    static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private static final String PRIMER = "retry: 20\ndata: \n\n";

    private final Framing usual;
    private final EventLog log = new EventLog();

    Exchanges(Framing usual) {
        this.usual = usual;
    }

    /** An answer and how it is sent. */
    record Exchange(HttpAnswer answer, Delivery delivery, boolean isTwice) {
        static Exchange of(int status, Map<String, String> headers, String body) {
            return new Exchange(HttpAnswer.of(status, headers, body), Delivery.whole(), false);
        }
    }

    /** The framing of an answer: events where something is to be said before it. */
    private Framing framing(RpcAnswer answer) {
        Framing framing = answer.behaviour().framing() == null
                ? usual
                : answer.behaviour().framing();
        boolean isMore = !answer.behaviour().before().isEmpty();
        return isMore && framing instanceof Framing.JsonBody ? Framing.events() : framing;
    }

    /** Nothing if the request was cancelled. */
    @Nullable
    Exchange of(RpcAnswer answer, int status, Map<String, String> more) {
        Framing framing = framing(answer);
        if (framing instanceof Framing.Refusal refusal) {
            return Exchange.of(refusal.status(), refusal.headers(), refusal.body());
        }
        if (answer.isNone()) {
            return null;
        }
        boolean isTwice = answer.behaviour().idEcho() == IdEcho.TWICE;
        Delivery delivery = answer.behaviour().delivery();
        if (framing instanceof Framing.EventStream stream) {
            HttpAnswer events = HttpAnswer.stream(more, events(stream, answer, isTwice), stream.pause());
            return new Exchange(events, delivery, false);
        }
        Map<String, String> headers = new HashMap<>(more);
        if (framing instanceof Framing.Body body) {
            headers.put("Content-Type", body.type());
            String text = body.wrapping().apply(answer.message());
            return new Exchange(HttpAnswer.of(200, headers, text), delivery, isTwice);
        }
        headers.putAll(JSON);
        return new Exchange(HttpAnswer.of(status, headers, answer.message()), delivery, isTwice);
    }

    /** The rest of a stream; nothing if it is not known. */
    @Nullable
    Exchange resumed(String lastEventId, Behaviour behaviour) {
        if (behaviour.framing() instanceof Framing.Refusal refusal) {
            return Exchange.of(refusal.status(), refusal.headers(), refusal.body());
        }
        List<String> rest = log.after(lastEventId);
        return rest == null
                ? null
                : new Exchange(HttpAnswer.stream(Map.of(), rest, Duration.ZERO), behaviour.delivery(), false);
    }

    private List<String> events(Framing.EventStream stream, RpcAnswer answer, boolean isTwice) {
        List<String> events = new ArrayList<>();
        if (stream.hasIds()) {
            events.add(PRIMER);
        }
        for (String message : messages(stream, answer, isTwice)) {
            events.add("event: message\ndata: " + message + "\n\n");
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < stream.comments(); i++) {
            all.add(": still here\n\n");
        }
        all.addAll(stream.hasIds() ? log.withIds(events) : events);
        return all;
    }

    private static List<String> messages(Framing.EventStream stream, RpcAnswer answer, boolean isTwice) {
        List<String> messages = new ArrayList<>(answer.notifications());
        for (int i = 1; i <= stream.pings(); i++) {
            messages.add("{\"jsonrpc\":\"2.0\",\"id\":\"server-" + i + "\",\"method\":\"ping\"}");
        }
        messages.addAll(answer.behaviour().before());
        messages.add(answer.message());
        if (isTwice) {
            messages.add(answer.message());
        }
        return messages;
    }
}
