/**
 * A small JSON reader of the testkit's own, so that a bug in the project's JSON code cannot hide itself. Keeps the text
 * of every value as it came. Called on any thread; nothing is shared.
 */
@NullMarked
package io.toolstream.testkit.json;

import org.jspecify.annotations.NullMarked;
