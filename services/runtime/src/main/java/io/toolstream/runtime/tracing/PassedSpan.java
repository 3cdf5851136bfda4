package io.toolstream.runtime.tracing;

/** A span that nobody will see. */
record PassedSpan(Carried carried) implements TraceSpan {
    @Override
    public boolean isRecorded() {
        return false;
    }

    @Override
    public TraceSpan with(String attribute, String value) {
        return this;
    }

    @Override
    public TraceSpan with(String attribute, long value) {
        return this;
    }

    @Override
    public void failed(String errorType) {}

    @Override
    public void end() {}
}
