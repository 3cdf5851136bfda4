package io.toolstream.testkit;

import io.toolstream.testkit.http.HttpAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** The streams on which a server speaks without being asked. Any thread; each stream blocks the one that serves it. */
final class Standing {
    private static final String END = "";

    private final Set<BlockingQueue<String>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isOffered;

    void offer() {
        isOffered = true;
    }

    boolean isOffered() {
        return isOffered;
    }

    int open() {
        return open.size();
    }

    void announce(String message) {
        open.forEach(stream -> stream.add(message));
    }

    /**
     * One more stream, until its client leaves.
     *
     * @param first what is said at once
     */
    Delivery stream(Presence client, List<String> first) {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>(first);
        open.add(messages);
        client.begins(() -> {
            open.remove(messages);
            messages.add(END);
        });
        return (pieces, pause, wire) -> {
            wire.write(pieces.get(0));
            speak(messages, wire);
        };
    }

    private static void speak(BlockingQueue<String> messages, Wire wire) throws IOException {
        try {
            for (String next = messages.take(); !next.equals(END); next = messages.take()) {
                wire.write(HttpAnswer.chunk("event: message\ndata: " + next + "\n\n"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        wire.close();
    }
}
