/**
 * How a call leaves the worker: the reply, the dead letter and the event, each acknowledged by the broker before the
 * call's offset counts as done.
 *
 * <p>Where a reply may go is a decision ({@link io.toolstream.worker.reply.ReplyRouter}), what is written a sequence
 * ({@link io.toolstream.worker.reply.Settlement}): reply first, since somebody waits for it, then dead letter and event side
 * by side. What the broker cannot take now is tried again for as long as the worker lives, since giving up would mean a
 * committed offset without an answer; the consumer engine's bound on calls in flight is the bound on that. What it will
 * never take becomes a dead letter.
 *
 * <p>Called on {@code call-n}; continues on producer threads and {@code timer}, where it only encodes what is small (dead
 * letters and events). Never blocks beyond the publisher's own short limit.
 */
@NullMarked
package io.toolstream.worker.reply;

import org.jspecify.annotations.NullMarked;
