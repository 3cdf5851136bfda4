/**
 * The stages that decide whether, where and how often an attempt is made: a breaker for each endpoint, retries and failover
 * for each server. The only package of the worker that knows Resilience4j. Called on any thread; waits are kept by the
 * worker's {@code timer}, nothing blocks. Active probes are another package's; what they find is told to the breakers by the
 * composition root.
 */
@NullMarked
package io.toolstream.worker.resilience;

import org.jspecify.annotations.NullMarked;
