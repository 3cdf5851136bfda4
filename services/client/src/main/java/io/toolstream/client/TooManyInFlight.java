package io.toolstream.client;

/** The client waits for as many replies as its settings allow; nothing was sent. Try again when one has arrived. */
public final class TooManyInFlight extends ToolClientException {
    private static final long serialVersionUID = 1L;

    TooManyInFlight(int limit) {
        super(limit + " calls are in flight, no more are allowed (maxInFlight)", null);
    }
}
