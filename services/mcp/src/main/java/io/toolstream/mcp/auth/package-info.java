/**
 * Access tokens for tool servers over HTTP: OAuth client credentials. Wraps a transport so that the protocol knows nothing
 * of it. Runs on I/O threads; blocks never. Tokens and secrets are in memory only, are never printed, and go to no origin
 * but the server's own and the authorization server's that the operator named.
 */
@NullMarked
package io.toolstream.mcp.auth;

import org.jspecify.annotations.NullMarked;
