/** Tests of the embedded Redis: real processes. */
@NullMarked
package io.toolstream.embedded.redis;

import org.jspecify.annotations.NullMarked;
