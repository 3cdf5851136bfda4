/** What the tests of this module have in common: calls as they make them, and a tool server on Jetty. */
@NullMarked
package io.toolstream.mcp.raw;

import org.jspecify.annotations.NullMarked;
