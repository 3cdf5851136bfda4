/** The official conformance suite against this client: the program under test and the test that runs the suite. */
@NullMarked
package io.toolstream.mcp.conformance;

import org.jspecify.annotations.NullMarked;
