/** Drivers of load against fake targets and a manual clock. */
@NullMarked
package io.toolstream.bench.load;

import org.jspecify.annotations.NullMarked;
