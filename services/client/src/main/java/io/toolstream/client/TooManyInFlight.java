package io.toolstream.client;

/** The client waits for as many replies as its settings allow; nothing was sent. Try again when one has arrived. */
public final class TooManyInFlight extends ToolClientException {
    private static final long serialVersionUID = 1L;

    TooManyInFlight(FlowLimits limits) {
        super(
                limits.inFlight() + " calls are in flight"
                        + (limits.waiting() == 0 ? "" : " and " + limits.waiting() + " wait for a place")
                        + ", no more are allowed (ClientSettings.flow)",
                RetryAdvice.SAFE,
                null);
    }
}
