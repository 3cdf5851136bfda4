@NullMarked
package io.toolstream.mcp;

import org.jspecify.annotations.NullMarked;
