package io.toolstream.worker.resilience;

import java.time.Duration;

/**
 * What an active probe of an endpoint found; it passed by the breaker.
 *
 * @param reason for people: why it was not answered
 * @param isDecisive whether it was sent because of a suspicion, so that no answer settles the matter
 * @param untilNext when the next one is sent
 * @param untilKnown when that one will have ended, at the latest
 */
public record ProbeReport(
        boolean isAnswered, String reason, boolean isDecisive, Duration untilNext, Duration untilKnown) {}
