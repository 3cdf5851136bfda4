/**
 * A tool server that does as it is told: right answers, wrong ones, late ones and none, over HTTP and stdio. Its MCP code
 * is its own, shared with nothing it tests. For tests and benches only.
 *
 * <p>{@link io.toolstream.testkit.ScriptedToolServer} is for the test's own JVM; {@link
 * io.toolstream.testkit.StdioToolServer} is a child process. Any thread may script and count; a thread per connection
 * (HTTP) or per call (stdio) answers, and blocks there for as long as the script says.
 */
@NullMarked
package io.toolstream.testkit;

import org.jspecify.annotations.NullMarked;
