/**
 * The one noun of the worker's line: an {@link io.toolstream.worker.invoke.Invoker} turns an
 * {@link io.toolstream.worker.invoke.Invocation} into an {@link io.toolstream.worker.invoke.Answer}. Every stage is an
 * invoker around another one; they know this package and not each other.
 *
 * <p>Values only, no threads of its own. How an invocation ended is an {@link io.toolstream.worker.invoke.Outcome}; on the
 * way there a failed stage carries an {@link io.toolstream.worker.invoke.InvocationFailed} and nothing else.
 */
@NullMarked
package io.toolstream.worker.invoke;

import org.jspecify.annotations.NullMarked;
