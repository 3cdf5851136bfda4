package io.toolstream.client;

/**
 * No reply within the call's time-out and the settings' grace. An accepted call may have run or may still be answered;
 * the message tells how far it came.
 */
public final class CallTimedOut extends ToolClientException {
    private static final long serialVersionUID = 1L;

    CallTimedOut(String message, boolean wasSent) {
        super(message, wasSent ? RetryAdvice.SAME_KEY : RetryAdvice.SAFE, null);
    }
}
