/** Tests against MCP servers that nobody here wrote: pinned packages from npm, over stdio and HTTP. */
@NullMarked
package io.toolstream.it.npm;

import org.jspecify.annotations.NullMarked;
