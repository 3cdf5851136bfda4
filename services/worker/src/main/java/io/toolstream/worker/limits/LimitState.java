package io.toolstream.worker.limits;

/**
 * The limits of one server, as they are.
 *
 * @param permits attempts allowed at the same time
 * @param inUse attempts under way
 * @param waiting calls that wait for a permit
 * @param isHeld whether the server has asked to be left alone, and is
 */
public record LimitState(int permits, int inUse, int waiting, boolean isHeld) {}
