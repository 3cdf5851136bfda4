/** A door for benchmarks into the consumer engine, whose parts cannot be seen from outside of their package. */
@NullMarked
package io.toolstream.kafka;

import org.jspecify.annotations.NullMarked;
