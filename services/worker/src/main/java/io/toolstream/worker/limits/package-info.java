/**
 * How much a tool server is given at the same time, who is next when that is all taken, and how long one attempt may take.
 *
 * <p>{@link io.toolstream.worker.limits.LimitingInvoker} takes a permit of its endpoint for every attempt, or a place in
 * the bounded {@link io.toolstream.worker.limits.WaitingRoom}, or refuses at once; the number of permits follows what the
 * endpoint does. {@link io.toolstream.worker.limits.AttemptLimits} learns how long the attempts of each tool take, and
 * {@link io.toolstream.worker.limits.CallLimitInvoker} bounds all attempts of a call together.
 *
 * <p>Called by the stages around it, on any thread. Nothing here blocks, and nothing of others is called under a lock.
 */
@NullMarked
package io.toolstream.worker.limits;

import org.jspecify.annotations.NullMarked;
