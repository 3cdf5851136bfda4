package io.toolstream.runtime.tracing;

/** A span that has begun; to be ended once. Any thread; neither blocks nor throws. */
public interface TraceSpan {
    /** What those who are called within it are told. */
    Carried carried();

    /** Whether anybody will see it: else there is no need to find out what to say of it. */
    boolean isRecorded();

    TraceSpan with(String attribute, String value);

    TraceSpan with(String attribute, long value);

    /** It did not end well; {@code errorType} is one of few words. */
    void failed(String errorType);

    void end();

    /** None: those further down belong to whatever is above. */
    static TraceSpan passing(Carried parent) {
        return new PassedSpan(parent);
    }
}
