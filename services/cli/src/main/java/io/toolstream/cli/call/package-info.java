/** {@code toolstream call}: from words on a command line to a call, and from its reply to text, JSON and an exit code. */
@NullMarked
package io.toolstream.cli.call;

import org.jspecify.annotations.NullMarked;
