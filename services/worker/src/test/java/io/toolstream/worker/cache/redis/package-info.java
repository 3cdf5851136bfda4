/** Tests of the shared store: alone, and against a real Redis that is treated badly. */
@NullMarked
package io.toolstream.worker.cache.redis;

import org.jspecify.annotations.NullMarked;
