/**
 * JSON over bytes for the codecs of the parent package, and for nobody else: a strict reader that says where things
 * stand instead of building a tree, and a writer that passes foreign JSON straight through. The only code that has seen
 * Jackson.
 *
 * <p>No threads of its own: an instance belongs to the thread that made it, until it has answered. Bad input is a value
 * ({@link io.toolstream.wire.json.JsonFault}), never an exception.
 */
@NullMarked
package io.toolstream.wire.json;

import org.jspecify.annotations.NullMarked;
