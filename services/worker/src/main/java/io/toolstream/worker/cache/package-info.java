/**
 * The stage that answers a call with what is known already: kept in this worker's memory, kept in the store that workers
 * share, or under way for an equal call. Around it, what makes kept answers void: tools that write name the tools whose
 * answers they change, and the topic {@code epochs} tells all workers.
 *
 * <p>Called on {@code call-n} threads; nothing blocks. What is kept never decides what is right: without any tier each call
 * is executed. The libraries behind the tiers are seen in the packages below this one only.
 */
@NullMarked
package io.toolstream.worker.cache;

import org.jspecify.annotations.NullMarked;
