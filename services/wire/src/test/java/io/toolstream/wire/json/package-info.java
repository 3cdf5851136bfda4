/** Tests of reading and writing JSON. */
@NullMarked
package io.toolstream.wire.json;

import org.jspecify.annotations.NullMarked;
