/** A tool server of raw sockets for the tests of this module: it speaks exactly the bytes that a test wants. */
@NullMarked
package io.toolstream.mcp.raw;

import org.jspecify.annotations.NullMarked;
