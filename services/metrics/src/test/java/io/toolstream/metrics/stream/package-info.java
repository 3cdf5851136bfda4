/** Tests of the topology without a broker. */
@NullMarked
package io.toolstream.metrics.stream;

import org.jspecify.annotations.NullMarked;
