/** Programs nobody here wrote against the whole line: other Kafka clients at one end, other tool servers at the other. */
@NullMarked
package io.toolstream.it.interop;

import org.jspecify.annotations.NullMarked;
