/** Tests of how tokens are got and where they go. */
@NullMarked
package io.toolstream.mcp.auth;

import org.jspecify.annotations.NullMarked;
