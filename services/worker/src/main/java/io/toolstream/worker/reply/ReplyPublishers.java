package io.toolstream.worker.reply;

import io.toolstream.wire.Priority;

/**
 * The ways to callers. Everything about one call takes the same, so that it arrives in order. Any thread.
 *
 * @param prompt sends at once: somebody waits
 * @param gathering sends a little later what has come together: of calls in bulk, and of replayed ones
 */
public record ReplyPublishers(PersistentPublisher prompt, PersistentPublisher gathering) {
    /** One way for all. */
    public static ReplyPublishers same(PersistentPublisher publisher) {
        return new ReplyPublishers(publisher, publisher);
    }

    PersistentPublisher of(Priority priority) {
        return priority == Priority.INTERACTIVE ? prompt : gathering;
    }
}
