/**
 * The library an inference service puts into its own process: sends tool calls, gives back their replies.
 *
 * <p>Start at {@link io.toolstream.client.ToolClient}. Any thread may call. Threads of its own: the reply tail, one timer
 * and the producer's I/O thread; each of them completes futures, so what continues on such a future must not block
 * (use the {@code …Async} forms for work). Nothing is kept on disk: replies to a process that is gone are dropped by
 * whoever reads the reply topic.
 */
@NullMarked
package io.toolstream.client;

import org.jspecify.annotations.NullMarked;
