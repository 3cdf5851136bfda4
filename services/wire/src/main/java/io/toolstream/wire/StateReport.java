package io.toolstream.wire;

import java.util.List;

/**
 * How one worker and its tool servers are, told about once a second. Counters only grow, from zero at the beginning of the
 * worker's life: whoever adds them up takes the difference to the last report read of the same life, and so a report that
 * is lost or comes twice costs nothing.
 *
 * @param lifeMillis when the worker started, epoch ms: with its name, one life of it
 * @param sequence from 1, one more with each report of a life
 * @param timestampMillis epoch ms at which it was so
 * @param load of the worker as a whole
 */
public record StateReport(
        String worker, long lifeMillis, long sequence, long timestampMillis, Load load, List<OfServer> servers) {
    public StateReport {
        servers = List.copyOf(servers);
    }

    /**
     * What is under way now.
     *
     * @param inFlight calls taken and not settled
     * @param parked calls that wait on the parked topic
     * @param oldestMillis for how long the oldest call in flight has been; 0 without one
     */
    public record Load(long inFlight, long parked, long oldestMillis) {
        public static final Load NONE = new Load(0, 0, 0);
    }

    /** One tool server, over all its endpoints. */
    public record OfServer(String server, Load load, Breaker breaker, Connections connections, Health health) {}

    /**
     * @param state of the endpoint that is worst off: {@code closed}, {@code half-open} or {@code open}
     * @param openMillis for how long any was not closed, since the worker's start
     * @param transitions since the worker's start, of all endpoints
     * @param changes of the last seconds, so that one is told of in several reports: a lost one costs nothing
     */
    public record Breaker(String state, long openMillis, long transitions, List<Change> changes) {
        public Breaker {
            changes = List.copyOf(changes);
        }

        /** Without any change of late. */
        public Breaker(String state, long openMillis, long transitions) {
            this(state, openMillis, transitions, List.of());
        }
    }

    /**
     * The breaker of one endpoint went from one state to another; endpoint and time tell it from others.
     *
     * @param cause for people
     */
    public record Change(String endpoint, long timestampMillis, String from, String to, String cause) {}

    /**
     * Connections and stdio children, since the worker's start.
     *
     * @param opened made ready for use
     * @param failed could not be opened
     * @param requests went over any of them
     * @param reused the requests that went over one used before
     * @param establishMicros time to establish, added up over those opened
     */
    public record Connections(long opened, long failed, long requests, long reused, long establishMicros) {}

    /** Looks at the server's health since the worker's start, and those that found it ill. */
    public record Health(long probes, long failures) {}
}
