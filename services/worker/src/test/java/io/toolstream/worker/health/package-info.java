/** Tests of health: states, signs of life, probes. */
@NullMarked
package io.toolstream.worker.health;

import org.jspecify.annotations.NullMarked;
