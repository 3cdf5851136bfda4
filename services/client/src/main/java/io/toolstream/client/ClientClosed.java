package io.toolstream.client;

/** The client was closed before or while the call was in flight. A call that was sent may still be executed. */
public final class ClientClosed extends ToolClientException {
    private static final long serialVersionUID = 1L;

    ClientClosed(boolean wasSent) {
        super("the client is closed", wasSent ? RetryAdvice.SAME_KEY : RetryAdvice.SAFE, null);
    }
}
