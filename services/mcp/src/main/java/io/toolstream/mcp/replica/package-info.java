/**
 * One tool server that is there several times: replicas behind one view. Knows nothing but the view itself. Any thread;
 * blocks never.
 */
@NullMarked
package io.toolstream.mcp.replica;

import org.jspecify.annotations.NullMarked;
