package io.toolstream.kafka;

/** The brokers did not answer in time, or refused to be asked at all. */
public final class BrokerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
