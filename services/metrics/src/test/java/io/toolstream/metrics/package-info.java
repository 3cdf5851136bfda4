/** Tests of what surrounds the topology. */
@NullMarked
package io.toolstream.metrics;

import org.jspecify.annotations.NullMarked;
