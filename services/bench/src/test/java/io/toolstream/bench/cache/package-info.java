/** Tests of the parts of the cache's bench. */
@NullMarked
package io.toolstream.bench.cache;

import org.jspecify.annotations.NullMarked;
