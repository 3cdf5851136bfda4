/**
 * Servers that speak exactly the bytes and frames a test wants, over HTTP/1.1, HTTP/2 and WebSocket: for what {@link
 * io.toolstream.testkit.ScriptedToolServer} has no word for. A thread per connection talks by script.
 */
@NullMarked
package io.toolstream.testkit.raw;

import org.jspecify.annotations.NullMarked;
