package io.toolstream.worker.health;

import io.toolstream.worker.invoke.EndpointId;
import java.time.Duration;

/**
 * How a probe of an endpoint ended.
 *
 * @param reason for people: why it was not answered
 * @param isDecisive whether it was sent because the endpoint seemed to hang
 * @param untilNext when the next one is sent
 * @param untilKnown when that one will have ended, at the latest
 */
public record ProbeResult(
        EndpointId endpoint,
        boolean isAnswered,
        String reason,
        boolean isDecisive,
        Duration untilNext,
        Duration untilKnown) {}
