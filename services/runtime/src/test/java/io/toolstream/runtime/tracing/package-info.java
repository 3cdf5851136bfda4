/** Spans, in memory. */
@NullMarked
package io.toolstream.runtime.tracing;

import org.jspecify.annotations.NullMarked;
