/**
 * What is measured. Each contender has a far side (the process that takes records from a topic and answers on another)
 * and a near side (in the process that drives the load); the near side is a {@link io.toolstream.bench.load.Target}.
 */
@NullMarked
package io.toolstream.bench.contender;

import org.jspecify.annotations.NullMarked;
