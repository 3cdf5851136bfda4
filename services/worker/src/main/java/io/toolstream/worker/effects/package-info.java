/**
 * What a tool may do to the world, and the ledger that makes a tool run at most once.
 *
 * <p>The effect is decided in one place, {@link io.toolstream.worker.effects.EffectDecision}, when a tool enters the
 * catalogue. {@link io.toolstream.worker.effects.ClaimingInvoker} lets calls of {@code once} tools through only after they
 * have won a claim; the rule by which one wins is {@code ClaimLog}, pure and checked against a model of brokers, zombies
 * and lost acknowledgements. {@link io.toolstream.worker.effects.EffectLedger} owns what a worker knows of the topic.
 *
 * <p>Threads: invocations come on {@code call-n}; acknowledgements on a producer's thread and records on {@code follow-n}
 * change what is known, under one short lock per partition, and hop to {@code call-n}.
 */
@NullMarked
package io.toolstream.worker.effects;

import org.jspecify.annotations.NullMarked;
