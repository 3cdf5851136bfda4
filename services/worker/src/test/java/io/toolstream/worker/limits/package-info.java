/** Tests of limits: against models, in simulated time, and under many threads. */
@NullMarked
package io.toolstream.worker.limits;

import org.jspecify.annotations.NullMarked;
