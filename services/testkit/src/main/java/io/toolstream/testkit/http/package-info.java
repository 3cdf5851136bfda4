/**
 * As much HTTP/1.1 as a tool server needs, on blocking sockets and of the testkit's own: answers can be cut, dripped or
 * broken at any byte. One thread per connection.
 */
@NullMarked
package io.toolstream.testkit.http;

import org.jspecify.annotations.NullMarked;
