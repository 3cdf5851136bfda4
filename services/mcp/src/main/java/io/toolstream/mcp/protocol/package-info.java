/**
 * What is said to a tool server and what its replies mean, in the words of its era: sessions, commands, verdicts. Knows
 * no transport beyond the seam. Runs on the caller's thread up to the hand-over and on I/O threads afterwards; blocks
 * never.
 */
@NullMarked
package io.toolstream.mcp.protocol;

import org.jspecify.annotations.NullMarked;
