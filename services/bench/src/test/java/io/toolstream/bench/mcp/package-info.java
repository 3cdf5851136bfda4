/** Tests of the client's own bench. */
@NullMarked
package io.toolstream.bench.mcp;

import org.jspecify.annotations.NullMarked;
