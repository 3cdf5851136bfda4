/**
 * How tool servers are, endpoint by endpoint: active probes, signs of life in the traffic, and the state that follows. Probes
 * bypass breakers, limits and cache; what they find is told to a listener, through which the composition root connects the
 * breakers. One tick of the worker's {@code timer} drives all of it, on {@code call-n}; nothing blocks.
 */
@NullMarked
package io.toolstream.worker.health;

import org.jspecify.annotations.NullMarked;
